import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeKube } from './decode-struct';
import { exampleInjector } from './example-injector';
import { type JsonObject, type JsonValue, objectAt, objectsAt, textAt } from './json-types';
import { isPrometheusKey } from './prometheus-keys';

const RUNS = { numRuns: 150, seed: 20_261_124 };
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const key = fc.stringMatching(/^[a-z]{1,5}(\.[a-z]{1,3}\/[a-z]{1,5})?$/);
const port = fc.constantFrom<JsonValue>(80, 8080, 15021, 'http', 'nowhere');

const handler = fc.oneof(
  fc.record({
    httpGet: fc.record({ path: fc.constantFrom('/', '/live'), port, scheme: fc.constantFrom('HTTP', 'HTTPS') }),
  }),
  fc.record({ tcpSocket: fc.record({ port }) }),
  fc.record({ grpc: fc.record({ port: fc.constantFrom(9000) }) }),
  fc.record({ exec: fc.record({ command: fc.array(name, { maxLength: 2 }) }) }),
);
const probe = fc
  .tuple(handler, fc.record({ timeoutSeconds: fc.integer({ min: 0, max: 9 }) }, { requiredKeys: [] }))
  .map(([one, two]) => ({ ...one, ...two }));
const container = fc.record(
  {
    name,
    image: fc.constantFrom('app:1', 'app@sha256:0'),
    args: fc.array(fc.string(), { maxLength: 3 }),
    ports: fc.uniqueArray(
      fc.record({ name: fc.constant('http'), containerPort: fc.integer({ min: 1, max: 65_535 }) }),
      {
        maxLength: 2,
        selector: (each) => each.containerPort,
      },
    ),
    env: fc.uniqueArray(fc.record({ name, value: fc.string() }), { maxLength: 3, selector: (each) => each.name }),
    livenessProbe: probe,
    readinessProbe: probe,
    securityContext: fc.record({ runAsUser: fc.nat(), privileged: fc.boolean() }, { requiredKeys: [] }),
    resources: fc.record({ limits: fc.record({ cpu: fc.constantFrom('100m', '2000m', '0') }) }, { requiredKeys: [] }),
  },
  { requiredKeys: ['name', 'image'] },
);
const texts = fc.dictionary(key, fc.string(), { maxKeys: 4 });
const pod = fc
  .record({
    metadata: fc.record({ name, labels: texts, annotations: texts }, { requiredKeys: ['name'] }),
    spec: fc.record(
      {
        containers: fc.uniqueArray(container, { minLength: 1, maxLength: 3, selector: (each) => each.name }),
        initContainers: fc.uniqueArray(container, { maxLength: 2, selector: (each) => each.name }),
        volumes: fc.uniqueArray(fc.record({ name, emptyDir: fc.constant({}) }), {
          maxLength: 2,
          selector: (each) => each.name,
        }),
        nodeSelector: texts,
        terminationGracePeriodSeconds: fc.nat(60),
        tolerations: fc.array(fc.record({ key: name, operator: fc.constant('Exists') }), { maxLength: 2 }),
      },
      { requiredKeys: ['containers'] },
    ),
  })
  .map((made): JsonObject => JSON.parse(JSON.stringify(made)));

const INJECTORS = [exampleInjector(), exampleInjector({ nativeSidecars: true })];

function inject(sent: JsonObject, index: number): JsonObject {
  const result = INJECTORS[index]?.injectPod({ pod: sent });
  if (result?.kind !== 'injected') throw new Error(JSON.stringify(result));
  return result.pod;
}

function typed(sent: JsonObject): JsonObject {
  const decoded = decodeKube('Pod', sent);
  if (!decoded.ok) throw new Error(decoded.faults[0].text);
  return decoded.value;
}

describe.each([
  ['regular', 0],
  ['native', 1],
])('a pod with %s sidecars', (_kind, index) => {
  it('is the same when it is injected again', () => {
    fc.assert(
      fc.property(pod, (sent) => {
        const once = inject(sent, index);
        expect(inject(once, index)).toEqual(once);
      }),
      RUNS,
    );
  });

  it('keeps everything that injection has no business with', () => {
    fc.assert(
      fc.property(pod, (sent) => {
        const before = typed(sent);
        const after = inject(sent, index);
        expect(bystanders(after)).toEqual(bystanders(before));
        for (const list of ['containers', 'initContainers']) {
          const injected = new Map(objectsAt(after.spec, list).map((each) => [textAt(each, 'name'), each]));
          for (const own of objectsAt(before.spec, list)) {
            expect(withoutHandlers(injected.get(textAt(own, 'name')))).toEqual(withoutHandlers(own));
          }
        }
        expect(objectAt(after.metadata, 'labels')).toMatchObject(objectAt(before.metadata, 'labels'));
        const annotations = Object.entries(objectAt(before.metadata, 'annotations')).filter(
          ([each]) => !isPrometheusKey(each),
        );
        expect(objectAt(after.metadata, 'annotations')).toMatchObject(Object.fromEntries(annotations));
        expect(objectsAt(after.spec, 'volumes')).toEqual(
          expect.arrayContaining([...objectsAt(before.spec, 'volumes')]),
        );
      }),
      RUNS,
    );
  });

  it('does not change the pod that was handed in', () => {
    fc.assert(
      fc.property(pod, (sent) => {
        const copy = JSON.stringify(sent);
        inject(sent, index);
        expect(JSON.stringify(sent)).toBe(copy);
      }),
      RUNS,
    );
  });
});

/** The spec but for what templates may add to. */
function bystanders({ spec }: JsonObject): JsonObject {
  const {
    containers: _containers,
    initContainers: _inits,
    volumes: _volumes,
    ...rest
  } = objectAt({ spec: spec ?? {} }, 'spec');
  return rest;
}

/** A container but for the handlers that the agent takes over. */
function withoutHandlers(container: JsonObject | undefined): JsonObject | undefined {
  if (container === undefined) return undefined;
  const strip = (each: JsonObject) => {
    const { httpGet: _http, tcpSocket: _tcp, grpc: _grpc, ...rest } = each;
    return rest;
  };
  const { livenessProbe, readinessProbe, ...rest } = container;
  return {
    ...rest,
    ...(livenessProbe !== undefined && { livenessProbe: strip(objectAt(container, 'livenessProbe')) }),
    ...(readinessProbe !== undefined && { readinessProbe: strip(objectAt(container, 'readinessProbe')) }),
  };
}

describe('nonsense', () => {
  const kinds = fc.constantFrom('Pod', 'Deployment', 'CronJob', 'List', 'DeploymentConfig', 'Service', '');

  it('never throws, whatever JSON a pod is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (json) => {
        const result = INJECTORS[0]?.injectPod({ pod: JSON.parse(JSON.stringify(json)) });
        expect(['injected', 'skipped', 'refused']).toContain(result?.kind);
      }),
      RUNS,
    );
  });

  it('never throws, whatever an object of a known kind holds', () => {
    fc.assert(
      fc.property(kinds, fc.jsonValue({ maxDepth: 4 }), fc.string(), (kind, spec, tail) => {
        const text = `${JSON.stringify({ apiVersion: 'v1', kind, metadata: { name: 'a' }, spec })}\n---\n${tail}\n`;
        expect(typeof INJECTORS[0]?.injectDocuments(text).output).toBe('string');
      }),
      RUNS,
    );
  });
});
