import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRefusal } from './parse-refusal';

const ROOT = join(resolve(process.env.SIDELIGHT_VECTORS ?? '../shared'), 'recorded', 'full');
const isThere = existsSync(ROOT);

interface RecordedEvent {
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly namespace: string; readonly name: string };
}

interface Condition {
  readonly type: string;
  readonly message: string;
}

interface Workload {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

const read = <T>(file: string): readonly T[] => JSON.parse(readFileSync(join(ROOT, file), 'utf8')).items;
const withoutHash = (name: string) => name.replace(/-[0-9a-f]{8,10}$/, '');

/** What was seen to refuse the pods of a workload, by its events. */
function causesByEvents(): ReadonlyMap<string, ReadonlySet<string>> {
  const causes = new Map<string, Set<string>>();
  for (const { reason, message, involvedObject } of read<RecordedEvent>('events.json')) {
    if (reason !== 'FailedCreate') continue;
    const place = `${involvedObject.namespace}/${withoutHash(involvedObject.name)}`;
    causes.set(place, (causes.get(place) ?? new Set()).add(parseRefusal(message).cause));
  }
  return causes;
}

describe.skipIf(!isThere)('the refusals of a real cluster', () => {
  const causes = isThere ? causesByEvents() : new Map<string, ReadonlySet<string>>();

  it('have one true reason each', () => {
    const told = Object.fromEntries([...causes].map(([place, found]) => [place, [...found].join(' ')]).sort());
    expect(told).toEqual({
      'gateways/image-auto-without-template': 'invalid-pod',
      'gateways/two-templates': 'invalid-pod',
      'gateways/unknown-template': 'injector-template',
      'istio-system/istio-ingressgateway': 'service-account',
      'istio-system/istiod': 'service-account',
      'istio-system/istiod-1-10-2': 'service-account',
      'limit-max/hello': 'limit-range',
      'pss-restricted/compliant': 'pod-security',
      'pss-restricted/nginx': 'pod-security',
      'quota/hello': 'quota',
      'rejected/bad-cidr': 'injector-annotation',
      'rejected/bad-config-yaml': 'injector-annotation',
      'rejected/bad-cpu': 'injector-annotation',
      'rejected/bad-memory': 'injector-annotation',
      'rejected/bad-mode': 'injector-annotation',
      'rejected/bad-port-range': 'injector-annotation',
      'rejected/bad-status-port': 'injector-annotation',
      'rejected/bad-volume': 'injector-template',
    });
  });

  it('are told alike by the events and by the condition of the ReplicaSet', () => {
    const conditions = read<Workload>('replicasets.json').flatMap(({ metadata, status }) =>
      (status?.conditions ?? [])
        .filter(({ type }) => type === 'ReplicaFailure')
        .map(
          ({ message }) =>
            [`${metadata.namespace}/${withoutHash(metadata.name)}`, parseRefusal(message).cause] as const,
        ),
    );
    expect(conditions.length).toBeGreaterThan(10);
    for (const [place, cause] of conditions) expect([place, causes.get(place)?.has(cause)]).toEqual([place, true]);
  });
});
