import { type JsonObject, textAt } from '@/lib/core/injection/engine/json-types';
import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { InjectionMarks } from './read-marks';
import {
  CANONICAL_NAME_LABEL,
  CANONICAL_REVISION_LABEL,
  DEFAULT_CONTAINER_ANNOTATIONS,
  TLS_MODE_LABEL,
  TUNNEL_LABEL,
} from './template-traces.data';

type Texts = Readonly<Record<string, string>>;

/**
 * What a template of the charts would set a label to that its author left out.
 *
 * Output: undefined for labels that no template sets; several values where releases differ.
 */
export function expectedLabel(key: string, labels: Texts, marks: InjectionMarks): readonly string[] | undefined {
  switch (key) {
    case TLS_MODE_LABEL:
      return ['istio'];
    case TUNNEL_LABEL:
      return marks.env.get('ISTIO_META_ENABLE_HBONE') === 'true' ? ['http'] : [];
    case CANONICAL_NAME_LABEL:
      return canonicalNames(labels, marks);
    case CANONICAL_REVISION_LABEL:
      return [first(labels['app.kubernetes.io/version'], labels.version, 'latest')];
    default:
      return undefined;
  }
}

/** The same for an annotation. The author's containers are those that un-injection found. */
export function expectedAnnotation(key: string, containers: readonly JsonObject[]): readonly string[] | undefined {
  if (!DEFAULT_CONTAINER_ANNOTATIONS.has(key)) return undefined;
  const [app] = containers.map((container) => textAt(container, 'name')).filter((name) => name !== PROXY_CONTAINER);
  return app === undefined ? [] : [app];
}

function canonicalNames(labels: Texts, marks: InjectionMarks): readonly string[] {
  const name = first(labels['app.kubernetes.io/name'], labels.app, workloadName(marks));
  const cut = name.slice(0, 63).replace(/^[-_.]+|[-_.]+$/g, '');
  return [name, cut, name.slice(0, 63).replace(/-$/, '')];
}

/** The owner's name, as the sidecar tells the control plane. */
function workloadName({ env }: InjectionMarks): string {
  const owner = env.get('ISTIO_META_OWNER')?.split('/').at(-1);
  return first(owner, env.get('ISTIO_META_WORKLOAD_NAME'));
}

function first(...values: readonly (string | undefined)[]): string {
  return values.find((value) => value !== undefined && value !== '') ?? '';
}
