import type { PreviewLine, PreviewRow, PreviewTotals } from '@/lib/api/preview';

const NO_AMOUNTS = { cpu: '0', memory: '0' };

/** A rendered workload with defaults, so that a test's row shows only what matters to it. */
export const previewRow = (name: string, over: Partial<PreviewRow> = {}): PreviewRow => ({
  kind: 'Deployment',
  name,
  pods: 3,
  becomes: 'gains',
  because: { code: 'injection.pod.injected' },
  restart: 'rollout',
  rendering: 'rendered',
  containers: [
    { name: 'istio-init', image: 'istio/proxyv2:1.24.0', role: 'init', requests: NO_AMOUNTS },
    { name: 'istio-proxy', image: 'istio/proxyv2:1.24.0', role: 'native', requests: { cpu: '100m', memory: '128Mi' } },
  ],
  requests: {
    perPod: { cpu: '100m', memory: '128Mi' },
    replicas: 3,
    total: { cpu: '300m', memory: '384Mi' },
    adds: { cpu: '300m', memory: '384Mi' },
  },
  warnings: [],
  refusals: [],
  ...over,
});

export const previewTotals = (rows: number, over: Partial<PreviewTotals> = {}): PreviewTotals => ({
  rows,
  becomes: { gains: rows },
  requests: NO_AMOUNTS,
  adds: NO_AMOUNTS,
  notRendered: 0,
  ...over,
});

export const startLine = (total: number): PreviewLine => ({
  type: 'start',
  namespace: 'shop',
  resourceVersion: '7',
  total,
  injectors: [],
  notes: [],
});

export const rowLine = (row: PreviewRow, rows: number): PreviewLine => ({
  type: 'row',
  row,
  totals: previewTotals(rows),
});
