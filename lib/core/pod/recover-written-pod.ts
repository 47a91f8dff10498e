import type { Container, Pod, PodSpec, PodTemplate, Volume } from '@/lib/core/kube/pod-types';
import type { InjectionStatus } from '@/lib/core/kube/records';
import { parseInjectionStatus, parseOverrides } from './injection-marks';
import { LIMIT_RANGER_ANNOTATION, TOKEN_VOLUME } from './pod-names.data';
import type { PodPhrase } from './pod-phrases.data';
import { recoverContainers } from './recover-containers';
import { recoverMetadata, withoutControllerLabels } from './recover-metadata';
import { withoutDefaultTolerations, withoutTokenMounts } from './strip-admission';
import { parseLimitRanges, withoutLimitRange } from './strip-limit-range';
import { withoutTemplateSpec } from './strip-template-spec';
import type { OwnerTemplate, WrittenPod } from './written-pod';

/**
 * The pod as its author wrote it: the owner's template where there is one, else the pod with everything taken off that others added.
 *
 * Input: the pod as it runs; the template of its controller, where it has one and that can be read.
 * Output: no field that injection, the API server's admission, the scheduler or the controller adds; each doubt is listed.
 * Never throws: an annotation that cannot be read restores nothing.
 * Source: Istio, pkg/kube/inject/webhook.go, reinsertOverrides, applyPrometheusMerge; app_probe.go.
 */
export function recoverWrittenPod(pod: Pod, owner?: OwnerTemplate): WrittenPod {
  if (owner !== undefined) {
    const { kind, name, template } = owner;
    return { source: 'owner-template', owner: { kind, name }, template: asWrittenByOwner(template), uncertain: [] };
  }
  const status = parseInjectionStatus(pod.metadata.annotations ?? {});
  const plain = withoutAdmission(pod);
  if (status === undefined) return { source: 'own', template: plain, uncertain: [] };
  return recoverFromStatus(pod, plain, status);
}

function asWrittenByOwner(template: PodTemplate): PodTemplate {
  return { ...template, metadata: withoutControllerLabels(template.metadata ?? {}) };
}

/** The pod before admission, scheduler and controllers; injection is still in it. */
function withoutAdmission(pod: Pod): PodTemplate {
  const { nodeName: _node, ...spec } = pod.spec ?? {};
  const tolerant = withoutDefaultTolerations(spec);
  const ranges = parseLimitRanges(pod.metadata.annotations?.[LIMIT_RANGER_ANNOTATION]);
  const strip = (container: Container) => withoutLimitRange(withoutTokenMounts(container), ranges);
  const trimmed: PodSpec = {
    ...tolerant,
    ...(spec.containers === undefined ? {} : { containers: spec.containers.map(strip) }),
    ...(spec.initContainers === undefined ? {} : { initContainers: spec.initContainers.map(strip) }),
    ...(spec.volumes === undefined ? {} : { volumes: spec.volumes.filter(({ name }) => !TOKEN_VOLUME.test(name)) }),
  };
  return { metadata: withoutControllerLabels(pod.metadata), spec: trimmed };
}

function recoverFromStatus(pod: Pod, plain: PodTemplate, status: InjectionStatus): WrittenPod {
  const annotations = pod.metadata.annotations ?? {};
  const { spec, uncertain } = withoutTemplateSpec(plain.spec ?? {}, annotations);
  const containers = recoverContainers(spec, status, parseOverrides(annotations));
  const metadata = recoverMetadata(plain.metadata ?? {}, spec);
  const volumes = recoverVolumes(spec.volumes ?? [], status);
  const { initContainers: _init, volumes: _volumes, imagePullSecrets: _secrets, ...rest } = spec;
  const secrets = (spec.imagePullSecrets ?? []).filter(({ name }) => !status.imagePullSecrets.includes(name ?? ''));
  return {
    source: 'recovered',
    template: {
      metadata: metadata.metadata,
      spec: {
        ...rest,
        containers: containers.containers,
        ...(containers.initContainers.length > 0 ? { initContainers: containers.initContainers } : {}),
        ...(volumes.length > 0 ? { volumes } : {}),
        ...(secrets.length > 0 ? { imagePullSecrets: secrets } : {}),
      },
    },
    uncertain: [
      ...uncertain,
      ...containers.uncertain,
      ...metadata.uncertain,
      ...findSharedVolumes(status, containers.containers),
    ],
  };
}

function recoverVolumes(volumes: readonly Volume[], status: InjectionStatus): readonly Volume[] {
  return volumes.filter(({ name }) => !status.volumes.includes(name));
}

/** A volume that both the author and the template named is lost with the template's; a mount that stays behind shows it. */
function findSharedVolumes(status: InjectionStatus, containers: PodSpec['containers'] = []): readonly PodPhrase[] {
  const mounted = new Set(containers.flatMap(({ volumeMounts }) => (volumeMounts ?? []).map(({ name }) => name)));
  return status.volumes
    .filter((name) => mounted.has(name))
    .map((volume) => ({ code: 'pod.uncertain.shared-volume', values: { volume } }));
}
