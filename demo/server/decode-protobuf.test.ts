import { describe, expect, it } from 'vitest';
import { decodeProtobuf } from './decode-protobuf';

/** One field: a number, and a text, an integer or a message. */
function field(number: number, value: string | number | Buffer): Buffer {
  if (typeof value === 'number') return Buffer.from([number << 3, value]);
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}
const message = (...fields: Buffer[]) => Buffer.concat(fields);
const body = (apiVersion: string, kind: string, raw: Buffer) =>
  message(Buffer.from('k8s\0'), field(1, message(field(1, apiVersion), field(2, kind))), field(2, raw));

describe('decodeProtobuf', () => {
  it('reads what kubectl auth can-i sends', () => {
    // Recorded from kubectl 1.32: every text is there, empty or not.
    const attributes = message(
      field(1, 'default'),
      field(2, 'list'),
      field(3, ''),
      field(4, ''),
      field(5, 'pods'),
      field(6, ''),
      field(7, ''),
    );
    const raw = message(
      field(1, message(field(1, ''), field(8, ''))),
      field(2, message(field(1, attributes))),
      field(3, message(field(1, 0))),
    );
    expect(decodeProtobuf(body('authorization.k8s.io/v1', 'SelfSubjectAccessReview', raw))).toEqual({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      metadata: {},
      spec: { resourceAttributes: { namespace: 'default', verb: 'list', resource: 'pods' } },
      status: {},
    });
  });

  it('reads maps, lists, pointers to zero, embedded structs, quantities and ports of either kind', () => {
    const labels = field(11, message(field(1, 'app'), field(2, 'web')));
    const probe = message(
      field(1, message(field(2, message(field(1, '/'), field(2, message(field(1, 1), field(3, 'http'))))))),
      field(2, 0),
    );
    const limits = field(1, message(field(1, 'cpu'), field(2, field(1, '100m'))));
    const container = message(
      field(1, 'app'),
      field(2, 'nginx'),
      field(3, 'a'),
      field(3, 'b'),
      field(8, limits),
      field(10, probe),
    );
    const template = message(field(1, labels), field(2, field(2, container)));
    const spec = message(field(1, 0), field(3, template), field(5, 0));
    expect(decodeProtobuf(body('apps/v1', 'Deployment', field(2, spec)))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        replicas: 0,
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [
              {
                name: 'app',
                image: 'nginx',
                command: ['a', 'b'],
                resources: { limits: { cpu: '100m' } },
                livenessProbe: { httpGet: { path: '/', port: 'http' } },
              },
            ],
          },
        },
      },
    });
  });

  it('reads bytes, times and negative numbers', () => {
    const meta = message(
      field(1, 'a'),
      field(8, Buffer.concat([Buffer.from([8]), Buffer.from([0x80, 0xe2, 0xcf, 0xaa, 0x06])])),
    );
    const secret = message(field(1, meta), field(2, message(field(1, 'k'), field(2, 'value'))));
    expect(decodeProtobuf(body('v1', 'Secret', secret))).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a', creationTimestamp: '2023-11-14T22:13:20Z' },
      data: { k: Buffer.from('value').toString('base64') },
    });
    const minusOne = Buffer.from([8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
    expect(decodeProtobuf(body('v1', 'DeleteOptions', minusOne))).toMatchObject({ gracePeriodSeconds: -1 });
  });

  it.each<[name: string, bytes: Buffer, text: string]>([
    ['another format', Buffer.from('{}'), 'not a Kubernetes protobuf message'],
    ['an unknown kind', body('v9', 'Rocket', Buffer.alloc(0)), 'no kind "Rocket" is registered for version "v9"'],
    ['a body cut short', body('v1', 'Secret', Buffer.from([0x0a, 9, 1])), 'ends too early'],
    ['a wire type that is none', body('v1', 'Secret', Buffer.from([0x0f])), 'unknown wire type 7'],
  ])('refuses %s', (_name, bytes, text) => {
    expect(() => decodeProtobuf(bytes)).toThrow(text);
  });
});
