import { describe, expect, it } from 'vitest';
import { decodeKube } from './decode-struct';
import type { JsonValue } from './json-types';

const field = (path: string, type: string, found: string) =>
  `json: cannot unmarshal ${found} into Go struct field ${path} of type ${type}`;

const timed = (creationTimestamp: string) => ({ metadata: { creationTimestamp } });
const READING = (text: string) => `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00"`;

// The texts are those of the real istiod, whose types embed others.
it.each<[name: string, pod: JsonValue, text: string]>([
  [
    'a field of an embedded struct',
    { spec: { volumes: [{ name: 'v', configMap: { name: 12 } }] } },
    field('ConfigMapVolumeSource.spec.volumes.VolumeSource.configMap.LocalObjectReference.name', 'string', 'number'),
  ],
  [
    'a probe, whose handler is embedded',
    { spec: { containers: [{ livenessProbe: { exec: { command: 'run' } } }] } },
    field('ExecAction.spec.containers.livenessProbe.ProbeHandler.exec.command', '[]string', 'string'),
  ],
  ['a value of a map', { metadata: { labels: { a: 1 } } }, field('ObjectMeta.metadata.labels', 'string', 'number')],
  ['a field of its own', { spec: { hostNetwork: 'true' } }, field('PodSpec.spec.hostNetwork', 'bool', 'string')],
  ['a text that is no time', timed('yesterday'), `${READING('yesterday')}: cannot parse "yesterday" as "2006"`],
  [
    'a time without a zone',
    timed('2024-01-02T03:04:05'),
    `${READING('2024-01-02T03:04:05')}: cannot parse "" as "Z07:00"`,
  ],
  ['a month too many', timed('2024-13-02T03:04:05Z'), 'parsing time "2024-13-02T03:04:05Z": month out of range'],
])('words %s as Go does', (_name, pod, text) => {
  const decoded = decodeKube('Pod', pod);
  expect(decoded.ok || decoded.faults[0].text).toBe(text);
});

describe('a place for people', () => {
  it('names list places and keys of maps', () => {
    const decoded = decodeKube('Pod', { metadata: { labels: { a: 1 } }, spec: { containers: [{ image: 5 }] } });
    expect(decoded.ok || decoded.faults.map(({ path }) => path)).toEqual([
      'metadata.labels.a',
      'spec.containers[0].image',
    ]);
  });
});
