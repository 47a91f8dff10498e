import { Interner } from '@/lib/cluster/projections/interner';
import { projectPod } from '@/lib/cluster/projections/project-pod';
import { answerInjection, type PodShape } from '@/lib/core/injection/answer-injection';
import { toAdmittedPod } from '@/lib/core/injection/engine/inject-admission';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
} from '@/lib/core/injection/engine/json-types';
import { parsePlainYaml } from '@/lib/core/injection/engine/kube-yaml';
import { splitDocuments } from '@/lib/core/injection/engine/split-documents';
import { workloadKind } from '@/lib/core/injection/engine/workload-kinds';
import { explainPod, explainShape } from '@/lib/core/injection/explain-pod';
import type { ControlPlane } from '@/lib/core/injection/list-control-planes';
import { listHazards } from '@/lib/core/injection/list-hazards';
import { listRemedies } from '@/lib/core/injection/list-remedies';
import type { NamespaceContext } from '@/lib/core/injection/namespace-context';
import { podOfWorkload } from '@/lib/core/injection/pod-of-workload';
import type { RenderingSubject } from '@/lib/core/injection/reality/check-rendering';
import type { RenderingCheck } from '@/lib/core/injection/reality/rendering-check';
import { InputError } from './command';
import { decide, type Explained, settleBecause } from './explained';
import type { ManifestFile } from './read-manifests';

export interface FoundObject {
  readonly file: string;
  readonly object: JsonObject;
}

/** The objects of files, Lists taken apart. Throws an InputError with file and line for what is no YAML. */
export function readObjects(files: readonly ManifestFile[]): readonly FoundObject[] {
  return files.flatMap(({ path, text }) => {
    const split = splitDocuments(text);
    if (split.fault !== undefined) throw new InputError(`${path}:${split.fault.line}: ${split.fault.message}`);
    return split.documents.flatMap(({ text: document, line }) => {
      const parsed = parsePlainYaml(document);
      if (!parsed.ok) {
        throw new InputError(`${path}:${line + (parsed.fault.line ?? 1) - 1}: ${parsed.fault.message}`);
      }
      return itemsOf(parsed.value).map((object) => ({ file: path, object }));
    });
  });
}

function itemsOf(value: JsonValue): readonly JsonObject[] {
  if (!isObject(value)) return [];
  const kind = textAt(value, 'kind');
  if (!kind.endsWith('List')) return [value];
  // A list of the API server names the kind once, for all of its items.
  const ofItems = kind.slice(0, -'List'.length);
  return listAt(value, 'items')
    .filter(isObject)
    .flatMap((item) => itemsOf(textAt(item, 'kind') === '' && ofItems !== '' ? { ...item, kind: ofItems } : item));
}

export type Render = (revision: string, subject: RenderingSubject) => RenderingCheck | undefined;

/** Explains one workload of a file; undefined for kinds that injection does not touch. */
export function explainObject(
  { file, object }: FoundObject,
  context: NamespaceContext,
  render: Render,
  controlPlanes?: readonly ControlPlane[],
): Explained | undefined {
  const kind = workloadKind(textAt(object, 'kind'));
  if (kind === undefined) return undefined;
  const pod = podOfWorkload(kind, object);
  const shape: PodShape = { ...toAdmittedPod(pod), object: pod };
  const answer = answerInjection(shape, context);
  const place = {
    file,
    kind: kind.kind,
    namespace: context.name,
    name: textAt(objectAt(object, 'metadata'), 'name'),
  };
  const record = kind.kind === 'Pod' ? projectPod({ ...object }, new Interner()) : undefined;
  const running = record?.injection === undefined ? undefined : object;
  const namespaceAnnotations = context.namespace?.annotations ?? {};
  const subject = { namespace: context.name, namespaceAnnotations };
  const rendering =
    answer.kind === 'yes' && answer.servedBy !== undefined
      ? render(answer.servedBy.revision, {
          ...subject,
          ...(running === undefined ? { maker: { kind: kind.kind, object } } : { running }),
        })
      : undefined;
  const sources = {
    ...(rendering === undefined ? {} : { rendering }),
    ...(controlPlanes === undefined ? {} : { controlPlanes }),
  };
  const shared = {
    ...place,
    decision: decide(answer, rendering),
    because: settleBecause(answer, rendering),
    ...(answer.servedBy === undefined ? {} : { servedBy: answer.servedBy }),
    ...(rendering === undefined ? {} : { rendering }),
  };
  if (record !== undefined && running !== undefined) {
    const { verdict, gates, hazards } = explainPod(record, context, sources);
    return { ...shared, state: verdict.state, standing: verdict.because, gates, hazards, remedies: verdict.remedies };
  }
  const owned = { labels: shape.labels, owner: { apiVersion: '', kind: kind.kind, name: place.name, uid: '' } };
  return {
    ...shared,
    gates: explainShape(shape, context, sources),
    hazards: listHazards(answer, context, sources),
    remedies: listRemedies('not-injected', answer, owned, context).filter(({ action }) => !RESTARTS.has(action)),
  };
}

/** A manifest is not there yet: nothing is to be restarted. */
const RESTARTS: ReadonlySet<string> = new Set(['restart-workload', 'recreate-pod']);
