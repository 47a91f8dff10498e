import { AMBIENT_DEFAULTS, type AmbientConfig } from './build-ambient-rules';
import type { CaptureSettings } from './capture-settings';

/**
 * Makes the node agent's inputs of what was read from a pod of the ambient mesh.
 *
 * Output: nothing for other pods. IPv6 is the agent's own setting and not on the pod; its default is on.
 */
export function readAmbientConfig({ mechanism, settings }: CaptureSettings): AmbientConfig | undefined {
  if (mechanism !== 'ambient') return undefined;
  const read = (key: string) => settings.find((one) => one.key === key)?.value;
  return {
    ...AMBIENT_DEFAULTS,
    capturesDns: read('ambientDns') !== 'false',
    bypassesInbound: read('ambientBypassInbound') === 'true',
    virtualInterfaces: read('rerouteVirtualInterfaces') ?? '',
  };
}
