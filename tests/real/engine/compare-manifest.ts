import type { DocumentsResult } from '@/lib/core/injection/engine/inject-documents';
import type { KubeInjectRun } from './run-kube-inject';

/** What the engine's result would be as a run of `kube-inject`: its two streams and its exit code. */
export function toKubeInjectRun({ output, warnings, refused }: DocumentsResult): KubeInjectRun {
  const told = warnings.length === 0 ? '' : `\n${warnings.map((line) => `${line}\n\n`).join('')}`;
  if (refused === undefined) return { output, errors: told, code: 0 };
  const [first] = refused.refusals;
  return { output, errors: `${told}Error: ${first?.text ?? ''}\n`, code: 1 };
}
