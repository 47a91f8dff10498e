import type { Phrase } from '@/lib/core/phrase';
import { capturesDns, isTproxy, PASSTHROUGH_SOURCE } from './capture-config';
import type { CaptureEnd } from './capture-ends';
import type { CaptureSettings } from './capture-settings';

/** How capture works, in a few lines with this pod's own names and ports; none where nothing is captured by a sidecar. */
export function explainCapture({ config, mechanism }: CaptureSettings, ends: readonly CaptureEnd[]): readonly Phrase[] {
  if (config === undefined) return [];
  const app = ends.find((end) => end.kind === 'app')?.name ?? '';
  const mode = isTproxy(config) ? 'tproxy' : 'redirect';
  return [
    { code: 'capture.how.install', values: { app, mechanism } },
    { code: 'capture.how.inbound', values: { app, port: config.inboundCapturePort, mode } },
    { code: 'capture.how.onward', values: { app, source: PASSTHROUGH_SOURCE.ipv4, mode } },
    { code: 'capture.how.outbound', values: { app, port: config.proxyPort } },
    { code: 'capture.how.identity', values: { uid: config.proxyUid, gid: config.proxyGid } },
    { code: 'capture.how.untouched', values: { dns: capturesDns(config) ? 'on' : 'off' } },
  ];
}
