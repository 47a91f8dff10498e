import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadTexts } from './real-injector';

/** What a run of `kube-inject` left: the two streams, and the code it ended with. */
export interface KubeInjectRun {
  readonly output: string;
  readonly errors: string;
  readonly code: number;
}

/** Calls of the real `istioctl kube-inject` with one configuration's files, without asking the cluster. */
export interface KubeInject {
  /** The words of a call that injects this file. */
  readonly args: (file: string) => readonly string[];
  run(manifest: string, nativeSidecars: boolean): Promise<KubeInjectRun>;
}

// Its log goes to the same stream as its answers, and is none.
const QUIET = '--log_output_level=default:none';

export async function prepareKubeInject(
  program: string,
  folder: string,
  kubeconfigPath: string,
  { config, values, mesh }: ReadTexts,
): Promise<KubeInject> {
  await mkdir(folder, { recursive: true });
  const path = (name: string) => join(folder, name);
  await Promise.all([
    writeFile(path('config'), config),
    writeFile(path('values'), values),
    writeFile(path('mesh'), mesh),
  ]);
  const files = [
    '--injectConfigFile',
    path('config'),
    '--valuesFile',
    path('values'),
    '--meshConfigFile',
    path('mesh'),
  ];
  const args = (file: string) => ['kube-inject', '-f', file, ...files, '--revision', 'default', QUIET];
  const run = async (manifest: string, nativeSidecars: boolean) => {
    await writeFile(path('manifest.yaml'), manifest);
    const env = { ...process.env, KUBECONFIG: kubeconfigPath, ENABLE_NATIVE_SIDECARS: String(nativeSidecars) };
    return runProgram(program, args(path('manifest.yaml')), env);
  };
  return { args, run };
}

export function runProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<KubeInjectRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ output, errors, code: code ?? 1 }));
  });
}
