import type { ProcessReport } from './process-types';
import type { ProxyFacts } from './read-proxy-facts';

type Chain = Pick<ProcessReport, 'chain' | 'links'>;

/** The stations from the application to the API server, and what each pair says to each other. */
export function buildProcessChain(kind: ProcessReport['kind'], facts: ProxyFacts | undefined): Chain {
  const tail: Chain = {
    chain: ['pilot-agent', 'istiod', 'api-server'],
    links: [
      {
        from: 'pilot-agent',
        to: 'istiod',
        because: {
          code: 'pod.link.agent-istiod',
          values: { discovery: facts?.discoveryAddress ?? '', ca: facts?.caAddress ?? '' },
        },
      },
      { from: 'istiod', to: 'api-server', because: { code: 'pod.link.istiod-api-server' } },
    ],
  };
  switch (kind) {
    case 'none':
      return { chain: ['application'], links: [] };
    case 'ambient':
      return {
        chain: ['application', 'ztunnel', 'istiod', 'api-server'],
        links: [
          { from: 'application', to: 'ztunnel', because: { code: 'pod.link.app-ztunnel' } },
          { from: 'ztunnel', to: 'istiod', because: { code: 'pod.link.ztunnel-istiod' } },
          { from: 'istiod', to: 'api-server', because: { code: 'pod.link.istiod-api-server' } },
        ],
      };
    case 'grpc-agent':
      return {
        chain: ['application', ...tail.chain],
        links: [{ from: 'application', to: 'pilot-agent', because: { code: 'pod.link.app-agent' } }, ...tail.links],
      };
    case 'gateway':
    case 'waypoint':
      return {
        chain: ['envoy', ...tail.chain],
        links: [{ from: 'envoy', to: 'pilot-agent', because: { code: 'pod.link.envoy-agent' } }, ...tail.links],
      };
    case 'sidecar':
      return {
        chain: ['application', 'envoy', ...tail.chain],
        links: [
          { from: 'application', to: 'envoy', because: appLink(facts) },
          { from: 'envoy', to: 'pilot-agent', because: { code: 'pod.link.envoy-agent' } },
          ...tail.links,
        ],
      };
  }
}

function appLink(facts: ProxyFacts | undefined) {
  const values = { inbound: facts?.inboundPort ?? 0, outbound: facts?.outboundPort ?? 0 };
  switch (facts?.interceptionMode) {
    case 'NONE':
      return { code: 'pod.link.app-envoy-none' } as const;
    case 'TPROXY':
      return { code: 'pod.link.app-envoy-tproxy', values } as const;
    default:
      return { code: 'pod.link.app-envoy', values } as const;
  }
}
