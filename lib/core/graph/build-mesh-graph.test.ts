import { describe, expect, it } from 'vitest';
import type { MeshRecords } from './build-mesh-graph';
import { buildMeshGraph } from './build-mesh-graph';
import type { MeshEdge, MeshGraph } from './graph-types';
import { document, records, service, verdict, workload } from './mesh-fixtures';

const build = (over: Partial<MeshRecords>, namespaces: readonly string[] = ['shop']): MeshGraph =>
  buildMeshGraph(records(over), { namespaces, injectionOf: () => undefined });

const lines = (graph: MeshGraph): readonly string[] =>
  graph.edges.map(({ source, target, kind, routes, isUnrouted, problems }) =>
    [
      `${source} ${kind} ${target}`,
      ...routes.map(({ paths, subset, weight }) => [...paths, subset ?? '', weight ?? ''].filter(String).join(' ')),
      ...(isUnrouted ? ['unrouted'] : []),
      ...problems.map(({ code }) => code.replace('graph.problem.', '!')),
    ]
      .filter((part) => part !== '')
      .join(' | '),
  );

const edge = (graph: MeshGraph, id: string): MeshEdge | undefined => graph.edges.find((other) => other.id === id);
const gateway = document('Gateway', 'edge', {
  selector: { istio: 'gw' },
  servers: [{ hosts: ['*.example.com'], port: { number: 80, protocol: 'HTTP' } }],
});
const carrier = workload('gw', { istio: 'gw' });
const to = (host: string, over: object = {}) => ({ destination: { host, ...over } });
const versions = document('DestinationRule', 'cart', {
  host: 'cart',
  subsets: [
    { name: 'v1', labels: { version: 'v1' } },
    { name: 'v2', labels: { version: 'v2' } },
    { name: 'v9', labels: { version: 'v9' } },
  ],
});
const cart = [workload('cart-v1', { app: 'cart', version: 'v1' }), workload('cart-v2', { app: 'cart', version: 'v2' })];

describe('edges', () => {
  it.each<[name: string, over: Partial<MeshRecords>, want: readonly string[]]>([
    [
      'joins a service to what its selector picks in its own namespace',
      {
        services: [service('cart')],
        workloads: [workload('cart'), workload('other'), workload('cart', {}, { namespace: 'x' })],
      },
      ['shop/service/cart selects shop/deployment/cart'],
    ],
    [
      'joins a service without selector to nothing',
      { services: [service('cart', {})], workloads: [workload('cart')] },
      [],
    ],
    [
      'puts a gateway between its proxy and the services of its routes',
      {
        services: [service('cart')],
        workloads: [carrier],
        istioGateways: [gateway],
        virtualServices: [
          document('VirtualService', 'cart', {
            hosts: ['cart.example.com'],
            gateways: ['edge'],
            http: [
              {
                match: [{ uri: { prefix: '/cart' } }, { uri: { exact: '/' } }, { uri: { regex: '/x.*' } }],
                route: [to('cart')],
              },
            ],
          }),
        ],
      },
      [
        'shop/deployment/gw serves shop/istio-gateway/edge',
        'shop/istio-gateway/edge routes shop/service/cart | /cart* / ~/x.*',
      ],
    ],
    [
      'shares the weight of several destinations in percent',
      {
        services: [service('a'), service('b')],
        istioGateways: [{ ...gateway }],
        workloads: [carrier],
        virtualServices: [
          document('VirtualService', 'split', {
            hosts: ['*'],
            gateways: ['edge'],
            http: [
              {
                route: [
                  { ...to('a'), weight: 90 },
                  { ...to('b'), weight: 10 },
                ],
              },
            ],
          }),
        ],
      },
      [
        'shop/deployment/gw serves shop/istio-gateway/edge',
        'shop/istio-gateway/edge routes shop/service/a | 90',
        'shop/istio-gateway/edge routes shop/service/b | 10',
      ],
    ],
    [
      'puts subset routes on the edges to workloads, and tells which no route reaches',
      {
        services: [service('cart')],
        workloads: cart,
        destinationRules: [versions],
        virtualServices: [
          document('VirtualService', 'cart', { hosts: ['cart'], http: [{ route: [to('cart', { subset: 'v1' })] }] }),
        ],
      },
      [
        'shop/service/cart selects shop/deployment/cart-v1 | v1',
        'shop/service/cart selects shop/deployment/cart-v2 | unrouted',
      ],
    ],
    [
      'counts a gateway that goes to the service as a way to every version',
      {
        services: [service('cart')],
        workloads: [...cart, carrier],
        destinationRules: [versions],
        istioGateways: [gateway],
        virtualServices: [
          document('VirtualService', 'cart', { hosts: ['cart'], http: [{ route: [to('cart', { subset: 'v1' })] }] }),
          document('VirtualService', 'in', { hosts: ['*'], gateways: ['edge'], http: [{ route: [to('cart')] }] }),
        ],
      },
      [
        'shop/deployment/gw serves shop/istio-gateway/edge',
        'shop/istio-gateway/edge routes shop/service/cart',
        'shop/service/cart selects shop/deployment/cart-v1 | v1',
        'shop/service/cart selects shop/deployment/cart-v2',
      ],
    ],
    [
      'joins a service to another that its mesh routes name',
      {
        services: [service('cart'), service('basket')],
        virtualServices: [document('VirtualService', 'cart', { hosts: ['cart'], tcp: [{ route: [to('basket')] }] })],
      },
      ['shop/service/cart routes shop/service/basket'],
    ],
    [
      'reads routes for a host that no Service carries from a node of that host',
      {
        services: [service('cart')],
        virtualServices: [
          document('VirtualService', 'v', { hosts: ['cart.internal'], http: [{ route: [to('cart')] }] }),
        ],
      },
      ['shop/host/cart.internal routes shop/service/cart'],
    ],
    [
      'limits a match to its own gateways',
      {
        services: [service('cart'), service('admin')],
        workloads: [carrier],
        istioGateways: [gateway, { ...gateway, name: 'inner' }],
        virtualServices: [
          document('VirtualService', 'v', {
            hosts: ['*'],
            gateways: ['edge', 'inner'],
            http: [
              { match: [{ uri: { prefix: '/admin' }, gateways: ['inner'] }], route: [to('admin')] },
              { route: [to('cart')] },
            ],
          }),
        ],
      },
      [
        'shop/deployment/gw serves shop/istio-gateway/edge',
        'shop/deployment/gw serves shop/istio-gateway/inner',
        'shop/istio-gateway/edge routes shop/service/cart',
        'shop/istio-gateway/inner routes shop/service/admin | /admin*',
        'shop/istio-gateway/inner routes shop/service/cart',
      ],
    ],
    [
      'follows a delegate and resolves its short names in its own namespace',
      {
        services: [service('cart', {}, 'team')],
        workloads: [carrier],
        istioGateways: [gateway],
        virtualServices: [
          document('VirtualService', 'root', {
            hosts: ['*'],
            gateways: ['edge'],
            http: [{ match: [{ uri: { prefix: '/cart' } }], delegate: { name: 'cart', namespace: 'team' } }],
          }),
          document('VirtualService', 'cart', { http: [{ route: [to('cart')] }] }, 'team'),
        ],
      },
      [
        'shop/deployment/gw serves shop/istio-gateway/edge',
        'shop/istio-gateway/edge routes team/service/cart | /cart*',
      ],
    ],
    [
      'leads to a ServiceEntry by its host or a wildcard of it',
      {
        services: [service('cart')],
        serviceEntries: [
          document('ServiceEntry', 'pay', { hosts: ['pay.example.org'] }),
          document('ServiceEntry', 'all', { hosts: ['*.example.net'] }),
        ],
        virtualServices: [
          document('VirtualService', 'v', {
            hosts: ['cart'],
            http: [{ route: [to('pay.example.org')] }, { route: [to('x.example.net')] }],
          }),
        ],
      },
      ['shop/service/cart routes shop/service-entry/all', 'shop/service/cart routes shop/service-entry/pay'],
    ],
    [
      'joins a ServiceEntry to the workloads it selects',
      {
        workloads: [workload('cart')],
        serviceEntries: [
          document('ServiceEntry', 'pay', { hosts: ['pay'], workloadSelector: { labels: { app: 'cart' } } }),
        ],
      },
      ['shop/service-entry/pay selects shop/deployment/cart'],
    ],
  ])('%s', (_name, over, want) => {
    expect(lines(build(over))).toEqual(want);
  });
});

describe('Gateway API', () => {
  const apiGateway = document('Gateway', 'edge', {
    gatewayClassName: 'istio',
    listeners: [{ name: 'http', port: 80, protocol: 'HTTP', hostname: '*.example.com' }],
  });
  const deployed = workload('edge-istio', { 'gateway.networking.k8s.io/gateway-name': 'edge' });
  const route = (over: object, namespace = 'shop') =>
    document('HTTPRoute', 'r', { parentRefs: [{ name: 'edge', namespace: 'shop' }], ...over }, namespace);
  const match = [{ path: { type: 'PathPrefix', value: '/cart' } }, { path: { type: 'Exact', value: '/' } }];

  it('joins proxy, gateway and backends', () => {
    const graph = build({
      services: [service('cart'), service('next')],
      workloads: [deployed],
      apiGateways: [apiGateway],
      httpRoutes: [
        route({
          rules: [
            {
              matches: match,
              backendRefs: [
                { name: 'cart', port: 80, weight: 3 },
                { name: 'next', port: 80 },
              ],
            },
          ],
        }),
      ],
      grpcRoutes: [
        document('GRPCRoute', 'g', {
          parentRefs: [{ name: 'edge' }],
          rules: [{ matches: [{ method: { service: 'shop.Cart' } }], backendRefs: [{ name: 'cart' }] }],
        }),
      ],
    });
    expect(lines(graph)).toEqual([
      'shop/deployment/edge-istio serves shop/gateway/edge',
      'shop/gateway/edge routes shop/service/cart | /cart* / 75 | /shop.Cart/*',
      'shop/gateway/edge routes shop/service/next | /cart* / 25',
    ]);
  });

  it('reads a route whose parent is a Service as one of the mesh', () => {
    const graph = build({
      services: [service('cart'), service('next', { app: 'cart' })],
      workloads: [workload('cart')],
      httpRoutes: [
        route({
          parentRefs: [{ kind: 'Service', group: '', name: 'cart' }],
          rules: [{ backendRefs: [{ name: 'next' }] }],
        }),
      ],
    });
    expect(lines(graph)).toEqual([
      'shop/service/cart selects shop/deployment/cart | unrouted',
      'shop/service/cart routes shop/service/next',
      'shop/service/next selects shop/deployment/cart',
    ]);
  });

  it.each<[name: string, over: Partial<MeshRecords>, want: string]>([
    [
      'a backend that is not there',
      { httpRoutes: [route({ rules: [{ backendRefs: [{ name: 'gone' }] }] })] },
      'shop/gateway/edge routes shop/absent/service:gone | !no-host',
    ],
    [
      'a parent that is not there',
      {
        services: [service('cart')],
        httpRoutes: [route({ parentRefs: [{ name: 'gone' }], rules: [{ backendRefs: [{ name: 'cart' }] }] })],
      },
      'shop/absent/gateway:gone routes shop/service/cart | !no-gateway',
    ],
    [
      'a host that no listener serves',
      {
        services: [service('cart')],
        httpRoutes: [route({ hostnames: ['cart.test'], rules: [{ backendRefs: [{ name: 'cart' }] }] })],
      },
      'shop/gateway/edge routes shop/service/cart | !host-not-served',
    ],
    [
      'a namespace that the gateway does not let in',
      {
        services: [service('cart')],
        httpRoutes: [route({ rules: [{ backendRefs: [{ name: 'cart', namespace: 'shop' }] }] }, 'other')],
      },
      'shop/gateway/edge routes shop/service/cart | !not-allowed',
    ],
  ])('shows %s', (_name, over, want) => {
    expect(lines(build({ workloads: [deployed], apiGateways: [apiGateway], ...over }))).toContain(want);
  });
});

describe('references that lead nowhere', () => {
  const through = (http: object, over: object = {}) =>
    document('VirtualService', 'v', { hosts: ['a.example.com'], gateways: ['edge'], http: [http], ...over });
  const base = {
    services: [service('cart')],
    workloads: [carrier, ...cart],
    istioGateways: [gateway],
    destinationRules: [versions],
  };

  it.each<[name: string, over: Partial<MeshRecords>, want: string]>([
    [
      'a host without Service',
      { virtualServices: [through({ route: [to('gone')] })] },
      'shop/istio-gateway/edge routes shop/absent/service:gone | !no-host',
    ],
    [
      'name.namespace, which Istio takes as a full name',
      { virtualServices: [through({ route: [to('cart.shop')] })] },
      'shop/istio-gateway/edge routes shop/absent/service:cart.shop | !partial-host',
    ],
    [
      'a gateway that is not there',
      { virtualServices: [through({ route: [to('cart')] }, { gateways: ['infra/gone'] })] },
      'infra/absent/gateway:gone routes shop/service/cart | !no-gateway',
    ],
    [
      'a host that the gateway does not serve',
      { virtualServices: [through({ route: [to('cart')] }, { hosts: ['a.test'] })] },
      'shop/istio-gateway/edge routes shop/service/cart | !host-not-served',
    ],
    [
      'a subset that no DestinationRule defines',
      { virtualServices: [through({ route: [to('cart', { subset: 'v7' })] })] },
      'shop/istio-gateway/edge routes shop/service/cart | v7 | !no-subset',
    ],
    [
      'a subset without workloads, from the mesh',
      {
        virtualServices: [
          document('VirtualService', 'v', { hosts: ['cart'], http: [{ route: [to('cart', { subset: 'v9' })] }] }),
        ],
      },
      'shop/service/cart routes shop/absent/subset:cart/v9 | v9 | !empty-subset',
    ],
    [
      'a delegate that is not there',
      { virtualServices: [through({ delegate: { name: 'gone' } })] },
      'shop/host/a.example.com routes shop/absent/virtualservice:gone | !no-delegate',
    ],
  ])('shows %s', (_name, over, want) => {
    expect(lines(build({ ...base, ...over }))).toContain(want);
  });

  it('marks the node red, and never calls absent what may not be read', () => {
    const over = records({ ...base, virtualServices: [through({ route: [to('gone')] })] });
    const node = (canRead: boolean) =>
      buildMeshGraph(over, { namespaces: ['shop'], injectionOf: () => undefined, canRead: () => canRead }).nodes.find(
        ({ kind }) => kind === 'absent',
      );
    expect(node(true)).toMatchObject({ state: 'broken', name: 'gone', objectKind: 'Service' });
    expect(node(false)).toMatchObject({ state: 'unknown', problems: [{ code: 'graph.problem.unreadable' }] });
  });

  it('marks a gateway that no proxy carries and a service that picks nothing', () => {
    const { nodes } = build({ istioGateways: [gateway], services: [service('lonely')] });
    expect(nodes.map(({ name, state, problems }) => [name, state, problems[0]?.code])).toEqual([
      ['edge', 'broken', 'graph.problem.uncarried-gateway'],
      ['lonely', 'none', 'graph.problem.empty-service'],
    ]);
  });
});

describe('the part that is drawn', () => {
  const over = {
    services: [service('cart'), service('far', {}, 'other')],
    workloads: [
      workload('cart'),
      workload('gw', { istio: 'gw' }, { namespace: 'infra' }),
      workload('idle', {}, { namespace: 'infra' }),
    ],
    istioGateways: [gateway],
    virtualServices: [
      document('VirtualService', 'v', { hosts: ['*'], gateways: ['edge'], http: [{ route: [to('cart')] }] }),
    ],
  };

  it('takes in what chosen objects are joined to, marked as outside, and nothing else of that namespace', () => {
    const graph = build(over);
    expect(graph.nodes.filter(({ isOutside }) => isOutside).map(({ id }) => id)).toEqual(['infra/deployment/gw']);
    expect(graph.boxes).toEqual([
      { id: 'infra', isOutside: true },
      { id: 'shop', isOutside: false },
    ]);
  });

  it('draws every namespace when none is chosen', () => {
    expect(build(over, []).boxes.map(({ id }) => id)).toEqual(['infra', 'other', 'shop']);
  });

  it('is the same whatever the order of the records', () => {
    expect(build({ ...over, services: over.services.toReversed(), workloads: over.workloads.toReversed() })).toEqual(
      build(over),
    );
  });

  it('says of each edge which objects make it and why', () => {
    expect(edge(build(over), 'shop/istio-gateway/edge>shop/service/cart:routes')).toMatchObject({
      reason: {
        code: 'graph.reason.gateway-route',
        values: { kind: 'VirtualService', name: 'shop/v', gateway: 'shop/edge' },
      },
      from: [{ kind: 'VirtualService', namespace: 'shop', name: 'v' }],
    });
  });
});

it('gives a node the worst state of the pods behind it', () => {
  const { nodes } = buildMeshGraph(records({ services: [service('cart')], workloads: cart }), {
    namespaces: ['shop'],
    injectionOf: ({ name }) => (name === 'cart-v1' ? verdict({ injected: 3 }) : verdict({ injected: 1, missing: 2 })),
  });
  expect(nodes.map(({ name, state, counts: pods, versions: found }) => [name, state, pods?.total, found])).toEqual([
    ['cart-v1', 'injected', 3, ['v1']],
    ['cart-v2', 'missing', 3, ['v2']],
    ['cart', 'missing', 6, ['v1', 'v2']],
  ]);
});

it('does not fail on specs of a wrong shape', () => {
  const odd = [
    null,
    5,
    'text',
    [],
    { hosts: 'x', http: [{ route: [{ destination: 7 }] }], servers: [{ port: 'a' }], rules: [[]] },
  ];
  const all = odd.map((spec, index) => document('Odd', `o${index}`, spec));
  expect(() =>
    build({
      istioGateways: all,
      virtualServices: all,
      destinationRules: all,
      serviceEntries: all,
      apiGateways: all,
      httpRoutes: all,
      grpcRoutes: all,
    }),
  ).not.toThrow();
});
