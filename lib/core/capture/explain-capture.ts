import type { Phrase } from '@/lib/core/phrase';
import { type AmbientConfig, ZTUNNEL_MARK } from './build-ambient-rules';
import { capturesDns, isTproxy, PASSTHROUGH_SOURCE, PORT } from './capture-config';
import type { CaptureEnd } from './capture-ends';
import type { CaptureSettings } from './capture-settings';
import { readAmbientConfig } from './read-ambient-config';

/** How capture works, in a few lines with this pod's own names and ports; none where nothing is captured. */
export function explainCapture(capture: CaptureSettings, ends: readonly CaptureEnd[]): readonly Phrase[] {
  const { config, mechanism } = capture;
  const app = ends.find((end) => end.kind === 'app')?.name ?? '';
  const ambient = readAmbientConfig(capture);
  if (ambient !== undefined) return explainAmbient(app, ambient);
  if (config === undefined) return [];
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

function explainAmbient(app: string, ambient: AmbientConfig): readonly Phrase[] {
  const { capturesDns: dns, bypassesInbound } = ambient;
  const mark = `0x${ZTUNNEL_MARK.toString(16)}`;
  return [
    { code: 'capture.how.ambient-install', values: { app } },
    ...(bypassesInbound
      ? []
      : [{ code: 'capture.how.ambient-inbound', values: { app, port: PORT.inbound, tunnel: PORT.tunnel } }]),
    { code: 'capture.how.ambient-outbound', values: { app, port: PORT.outbound } },
    { code: 'capture.how.ambient-identity', values: { mark } },
    { code: 'capture.how.ambient-untouched', values: { dns: dns ? 'on' : 'off' } },
  ];
}
