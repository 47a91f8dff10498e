import { describe, expect, it } from 'vitest';
import { type ControlPlaneHealth, type ControlPlaneSources, listControlPlanes } from './list-control-planes';
import { listEnableTargets } from './list-enable-targets';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import {
  containerRecord,
  documentRecord,
  injectedPodRecord,
  podRecord,
  serviceRecord,
  templateRecord,
  webhookConfigurationRecord,
  workloadRecord,
} from './record-builders';
import { say } from './say';

const istiodLabels = (revision: string) => ({ app: 'istiod', 'istio.io/rev': revision });
const istiod = (name: string, revision = 'default', isReady = true) =>
  podRecord({ name, uid: name, namespace: 'istio-system', labels: istiodLabels(revision), isReady });
const deployment = (revision = 'default', replicas = 1, image = 'docker.io/istio/pilot:1.24.0') =>
  workloadRecord('Deployment', `istiod-${revision}`, {
    namespace: 'istio-system',
    replicas,
    labels: istiodLabels(revision),
    template: templateRecord({ containers: [containerRecord('discovery', image)] }),
  });

const sources = (over: Partial<ControlPlaneSources> = {}): ControlPlaneSources => ({
  configurations: parseWebhookConfigurations([webhookConfigurationRecord('istio-sidecar-injector')]),
  deployments: [deployment()],
  pods: [istiod('istiod-a')],
  services: [serviceRecord('istiod')],
  ...over,
});

describe('listControlPlanes', () => {
  it('gathers what belongs to a revision', () => {
    const configurations = parseWebhookConfigurations([
      webhookConfigurationRecord('istio-sidecar-injector-1-24', { revision: '1-24' }),
      webhookConfigurationRecord('istio-revision-tag-prod', { revision: '1-24', tag: 'prod' }),
    ]);
    const pods = [
      istiod('a', '1-24'),
      istiod('b', '1-24'),
      injectedPodRecord({ uid: 'p1' }, '1-24'),
      injectedPodRecord({ uid: 'p2' }, '1-24', 'docker.io/istio/proxyv2:1.23.0'),
      injectedPodRecord({ uid: 'p3' }, '1-24'),
      injectedPodRecord({ uid: 'done', phase: 'Succeeded' }, '1-24'),
    ];
    const [plane, ...others] = listControlPlanes(
      sources({ configurations, deployments: [deployment('1-24', 2)], pods }),
    );
    expect(others).toEqual([]);
    expect(plane).toMatchObject({
      revision: '1-24',
      tags: ['prod'],
      namespace: 'istio-system',
      version: '1.24.0',
      image: 'docker.io/istio/pilot:1.24.0',
      ready: 2,
      wanted: 2,
      deployments: ['istiod-1-24'],
      endpoints: 2,
      isServing: true,
      health: 'serving',
      proxies: {
        total: 3,
        byVersion: [
          { version: '1.24.0', count: 2 },
          { version: '1.23.0', count: 1 },
        ],
      },
    });
    expect(plane?.webhookConfigurations.map(({ name, tag, target }) => [name, tag, target])).toEqual([
      ['istio-revision-tag-prod', 'prod', 'istio-system/istiod:443'],
      ['istio-sidecar-injector-1-24', undefined, 'istio-system/istiod:443'],
    ]);
  });

  it('lists default first, then by name', () => {
    const pods = ['1-24', '1-22', 'default', 'canary'].map((revision) => istiod(revision, revision));
    const planes = listControlPlanes(sources({ configurations: [], deployments: [], pods }));
    expect(planes.map(({ revision }) => revision)).toEqual(['default', '1-22', '1-24', 'canary']);
  });

  it.each<
    [name: string, over: Partial<ControlPlaneSources>, health: ControlPlaneHealth, because: ReturnType<typeof say>]
  >([
    ['serving', {}, 'serving', say('plane.serving', { service: 'istio-system/istiod:443', count: 1 })],
    [
      'some replicas ready',
      { deployments: [deployment('default', 2)] },
      'degraded',
      say('plane.some-ready', { ready: 1, wanted: 2 }),
    ],
    [
      'no endpoint',
      { pods: [istiod('a', 'default', false)] },
      'down',
      say('plane.no-endpoints', { service: 'istio-system/istiod:443' }),
    ],
    ['no service', { services: [] }, 'down', say('plane.no-service', { service: 'istio-system/istiod:443' })],
    [
      'no port',
      { services: [serviceRecord('istiod', { ports: [] })] },
      'down',
      say('plane.no-port', { service: 'istio-system/istiod:443', port: '443' }),
    ],
    ['services unreadable, istiod ready', { services: undefined }, 'serving', say('plane.services-unreadable')],
    [
      'services unreadable, istiod not ready',
      { services: undefined, pods: [] },
      'unknown',
      say('plane.services-unreadable'),
    ],
    [
      'webhook only',
      { deployments: [], pods: [] },
      'down',
      say('plane.no-endpoints', { service: 'istio-system/istiod:443' }),
    ],
    ['no webhook', { configurations: [] }, 'serving', say('plane.no-webhook')],
    ['no webhook, none ready', { configurations: [], pods: [] }, 'down', say('plane.none-ready', { wanted: 1 })],
    [
      'endpoint slices say more than pods',
      {
        endpointSlices: [
          { ...serviceRecord('x'), kind: 'EndpointSlice', serviceName: 'istiod', readyEndpoints: 0, totalEndpoints: 1 },
        ],
      },
      'down',
      say('plane.no-endpoints', { service: 'istio-system/istiod:443' }),
    ],
  ])('health: %s', (_name, over, health, because) => {
    expect(listControlPlanes(sources(over))[0]).toMatchObject({ health, because });
  });

  it('judges a webhook without a CA bundle and one with a URL', () => {
    const body = (client: object) => ({ webhooks: [{ name: 'x.istio.io', clientConfig: client }] });
    const plane = (client: object) =>
      listControlPlanes(
        sources({
          configurations: parseWebhookConfigurations([
            documentRecord('MutatingWebhookConfiguration', 'x', body(client)),
          ]),
        }),
      )[0];
    expect(plane({ service: { namespace: 'istio-system', name: 'istiod' } })).toMatchObject({
      health: 'down',
      because: say('plane.no-ca', { service: 'istio-system/istiod:443' }),
    });
    expect(plane({ url: 'https://istiod.example.com/inject' })).toMatchObject({
      health: 'external',
      isServing: false,
      because: say('plane.external', { url: 'https://istiod.example.com/inject' }),
    });
  });

  it('does not let a deactivated configuration decide about health', () => {
    const configurations = parseWebhookConfigurations([
      webhookConfigurationRecord('old', { isDeactivated: true, service: 'gone' }),
    ]);
    expect(listControlPlanes(sources({ configurations }))[0]).toMatchObject({
      health: 'serving',
      because: say('plane.no-webhook'),
    });
  });

  it('takes a version from the label where the image has none', () => {
    const plain = {
      ...deployment('default', 1, 'registry/pilot'),
      labels: { ...istiodLabels('default'), 'operator.istio.io/version': '1.23.4' },
    };
    expect(listControlPlanes(sources({ deployments: [plain] }))[0]?.version).toBe('1.23.4');
  });
});

describe('listEnableTargets', () => {
  const targets = (
    ...records: Parameters<typeof parseWebhookConfigurations>[0] extends Iterable<infer Item> ? Item[] : never
  ) =>
    listEnableTargets(parseWebhookConfigurations(records)).map(
      ({ key, value, revision, servedBy }) =>
        `${key}=${value} ${revision ?? '-'} ${servedBy.revision} ${servedBy.tag ?? '-'}`,
    );

  it('offers the default, revisions and tags with what they point at', () => {
    expect(
      targets(
        webhookConfigurationRecord('a'),
        webhookConfigurationRecord('b', { revision: '1-24' }),
        webhookConfigurationRecord('c', { revision: '1-24', tag: 'prod' }),
      ),
    ).toEqual([
      'istio-injection=enabled - default -',
      'istio.io/rev=1-24 1-24 1-24 -',
      'istio.io/rev=default default default -',
      'istio.io/rev=prod prod 1-24 prod',
    ]);
  });

  it('offers istio-injection only where a webhook takes it', () => {
    expect(targets(webhookConfigurationRecord('b', { revision: '1-24' }))).toEqual(['istio.io/rev=1-24 1-24 1-24 -']);
  });

  it('offers nothing of a deactivated configuration', () => {
    expect(targets(webhookConfigurationRecord('a', { isDeactivated: true }))).toEqual([]);
  });

  it('offers nothing that an ordinary pod would not get', () => {
    const body = {
      webhooks: [
        {
          name: 'x.istio.io',
          namespaceSelector: { matchExpressions: [{ key: 'istio-injection', operator: 'In', values: ['enabled'] }] },
          objectSelector: { matchLabels: { app: 'special' } },
        },
      ],
    };
    expect(targets(documentRecord('MutatingWebhookConfiguration', 'x', body))).toEqual([]);
  });
});
