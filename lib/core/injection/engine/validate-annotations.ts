import { ANNOTATION_RULES } from './annotation-rules';
import { compareUtf8 } from './go-text';
import type { Refusal } from './injection-refusal';
import type { Release } from './release';

/**
 * Checks the annotations of a pod that the injector reads.
 *
 * Output: every failure, in the order of the annotations' names; each with the whole text of the real program.
 * Source: Istio, pkg/kube/inject/validate.go.
 */
export function validateAnnotations(
  annotations: Readonly<Record<string, string>>,
  release: Release,
): readonly Refusal[] {
  const failures = Object.keys(annotations)
    .sort(compareUtf8)
    .flatMap((name) => {
      const rule = ANNOTATION_RULES.get(name);
      const applies = rule !== undefined && release.minor >= (rule.since ?? 0) && release.minor <= (rule.until ?? 99);
      const value = annotations[name] ?? '';
      const detail = applies ? rule.check(value, release) : undefined;
      return detail === undefined ? [] : [{ name, value, detail }];
    });
  const texts = failures.map(
    ({ name, value, detail }) => `invalid value '${value}' for annotation '${name}': ${detail}`,
  );
  const noun = failures.length === 1 ? 'error' : 'errors';
  const text = `failed to run injection template: ${failures.length} ${noun} occurred:\n${texts.map((line) => `\t* ${line}\n`).join('')}\n`;
  return failures.map((failure) => ({
    code: 'annotation-invalid',
    values: { annotation: failure.name, value: failure.value, detail: failure.detail },
    text,
  }));
}
