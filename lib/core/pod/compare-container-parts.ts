import type { Container } from '@/lib/core/kube/pod-types';
import { isRewritten, PROBE_KINDS, type ProbeKind, readHandler } from './app-probers';
import { type ChangeContext, type ChangeDraft, isTemplateContainer } from './change-draft';
import type { ChangeGroup, ChangeOrigin } from './change-types';
import { findEnvFacts } from './env-facts.data';
import { equalJson, isEmptyJson, toJsonObject } from './json-value';
import { containerPath, type PlacedContainer } from './pod-containers';
import { LIMIT_RANGER_ANNOTATION, TOKEN_MOUNT_PATH } from './pod-names.data';
import type { PodPhraseCode } from './pod-phrases.data';
import { toEnvText, toValueText } from './value-text';

type PartGroup = Extract<ChangeGroup, 'containers' | 'env' | 'ports' | 'probes' | 'mounts' | 'security' | 'resources'>;

interface Part {
  readonly group: PartGroup;
  /** Unique inside the group and container. */
  readonly key: string;
  readonly label: string;
  readonly value: unknown;
}

/** Fields that the API server fills in and nobody asks about, in a container that is new anyway. */
const DEFAULTED: ReadonlySet<string> = new Set([
  'terminationMessagePath',
  'terminationMessagePolicy',
  'imagePullPolicy',
]);
const FIELD_GROUPS: Readonly<Record<string, PartGroup>> = { securityContext: 'security', resources: 'resources' };
const LISTED: ReadonlySet<string> = new Set([
  'name',
  'env',
  'ports',
  'volumeMounts',
  'lifecycle',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
]);

/** The differences inside one container; for a new one, its parts. */
export function compareContainerParts(
  before: Container | undefined,
  after: PlacedContainer,
  context: ChangeContext,
): readonly ChangeDraft[] {
  const { container } = after;
  const isNew = before === undefined;
  const old = before === undefined ? [] : listParts(before);
  const now = listParts(container).filter(({ key }) => !isNew || (key !== 'image' && !DEFAULTED.has(key)));
  const find = (parts: readonly Part[], part: Part) =>
    parts.find(({ group, key }) => group === part.group && key === part.key);
  const gone = old
    .filter((part) => find(now, part) === undefined)
    .map((part) => ({ part, before: part.value, after: undefined }));
  const kept = now.map((part) => ({ part, before: find(old, part)?.value, after: part.value }));
  return [...kept, ...gone]
    .filter((change) => change.before === undefined || !equalJson(change.before, change.after))
    .map(
      ({ part, ...values }): ChangeDraft => ({
        group: part.group,
        path: `${containerPath(after)} · ${part.label}`,
        key: part.key,
        container: container.name,
        isPart: isNew,
        before: toPartText(values.before),
        after: toPartText(values.after),
        ...findOrigin(part, container, context),
      }),
    );
}

function toPartText(value: unknown): string | undefined {
  return value === undefined ? undefined : (toValueText(value) ?? '');
}

function listParts(container: Container): readonly Part[] {
  const fields = Object.entries(toJsonObject(container)).filter(
    ([name, value]) => !LISTED.has(name) && !isEmptyJson(value),
  );
  const part = (group: PartGroup, key: string, label: string, value: unknown): Part => ({ group, key, label, value });
  return [
    ...fields.map(([name, value]) => part(FIELD_GROUPS[name] ?? 'containers', name, name, value)),
    ...(container.env ?? []).map((entry) => part('env', entry.name, `env ${entry.name}`, toEnvText(entry))),
    ...(container.ports ?? []).map(({ containerPort, protocol = 'TCP', ...rest }) => {
      const number = `${containerPort}/${protocol}`;
      return part('ports', number, `port ${number}`, isEmptyJson(rest) ? number : { containerPort, protocol, ...rest });
    }),
    ...(container.volumeMounts ?? []).map(({ mountPath, ...rest }) =>
      part('mounts', mountPath, `mount ${mountPath}`, rest),
    ),
    ...PROBE_KINDS.flatMap((kind) => {
      const handler = readHandler(container, kind);
      return handler === undefined ? [] : [part('probes', kind, kind, handler)];
    }),
  ];
}

function findOrigin(
  { group, key }: Part,
  container: Container,
  context: ChangeContext,
): { readonly origin: ChangeOrigin; readonly because: PodPhraseCode } {
  const because = `pod.part.${group}` as const;
  if (group === 'mounts' && key === TOKEN_MOUNT_PATH) return { origin: 'api-server', because: 'pod.volume.api-token' };
  if (group === 'ports' && context.isHostNetwork) return { origin: 'api-server', because: 'pod.part.host-port' };
  if (group === 'probes' && isProbeKind(key) && isRewritten(container, key)) {
    return { origin: 'probe-rewrite', because: 'pod.part.probe-rewritten' };
  }
  if (isTemplateContainer(context, container)) {
    const facts = group === 'env' ? findEnvFacts(key) : undefined;
    return { origin: facts?.origin ?? 'injection-template', because: facts?.because ?? because };
  }
  if (group === 'resources' && context.annotations[LIMIT_RANGER_ANNOTATION] !== undefined) {
    return { origin: 'api-server', because: 'pod.annotation.limit-ranger' };
  }
  return { origin: 'unknown', because };
}

function isProbeKind(key: string): key is ProbeKind {
  return PROBE_KINDS.some((kind) => kind === key);
}
