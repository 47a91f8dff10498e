import {
  AMBIENT_REDIRECTION_ANNOTATION,
  INIT_CONTAINER,
  PROXY_CONTAINER,
  VALIDATION_CONTAINER,
} from '@/lib/core/kube/names';
import type { Container, Pod } from '@/lib/core/kube/pod-types';
import type { Phrase } from '@/lib/core/phrase';
import { ANNOTATION } from './capture-annotations';
import { type CaptureConfig, isTproxy } from './capture-config';
import { type CaptureSetting, type CaptureSettings, type NoCaptureReason, SETTING_ORDER } from './capture-settings';
import { findConfigFaults } from './find-config-faults';
import { parseBoolean } from './parse-boolean';
import { readCniSettings } from './read-cni-settings';
import { IPTABLES_COMMAND, listInitSettings, readInitFlags } from './read-init-settings';
import { type ClusterDns, readPodNetworkFacts } from './read-pod-network';

/**
 * Reads from a pod how its traffic is captured, and with which settings.
 *
 * Input: the pod as the API server returns it; what is known of the cluster's DNS, for pods that capture DNS.
 * Output: the mechanism, each setting with its source, and the generator's input where sidecar rules apply.
 * Never throws: values that make the real program fail are listed as faults.
 * Source: Istio, cni/pkg/plugin/plugin.go; tools/istio-iptables/pkg/cmd; manifests, injection-template.yaml.
 */
export function readCaptureSettings(pod: Pod, clusterDns: ClusterDns = {}): CaptureSettings {
  const init = findInit(pod);
  const proxy = findContainer(pod, PROXY_CONTAINER);
  if (init?.name === INIT_CONTAINER) return readInitContainer(pod, init, clusterDns);
  if (init?.name === VALIDATION_CONTAINER) {
    const { config, settings } = readCniSettings(pod, proxy);
    return complete('cni', pod, config, settings, clusterDns);
  }
  const redirection = pod.metadata.annotations?.[AMBIENT_REDIRECTION_ANNOTATION];
  if (redirection === 'enabled' || redirection === 'pending') return readAmbient(pod, redirection);
  return noCapture(proxy === undefined ? 'no-sidecar' : reasonOf(proxy));
}

function readInitContainer(pod: Pod, init: Container, clusterDns: ClusterDns): CaptureSettings {
  const flags = readInitFlags(init);
  if (flags.switches.has('skip-rule-apply') || flags.switches.has('cleanup-only')) return noCapture('not-applied');
  return complete('init-container', pod, flags.config, listInitSettings(flags, pod), clusterDns);
}

function complete(
  mechanism: 'init-container' | 'cni',
  pod: Pod,
  read: CaptureConfig,
  settings: readonly CaptureSetting[],
  clusterDns: ClusterDns,
): CaptureSettings {
  const network = readPodNetworkFacts(pod, read, clusterDns);
  const config: CaptureConfig = { ...read, ...network.config };
  const listed = [...settings, ...network.settings].filter((one) => isTproxy(config) || !TPROXY_ONLY.has(one.key));
  return {
    mechanism,
    interceptionMode: isTproxy(config) ? 'TPROXY' : 'REDIRECT',
    settings: inOrder(listed),
    config,
    notes: [...noteConfig(config, mechanism), ...network.notes],
    faults: [...findConfigFaults(config), ...(mechanism === 'cni' ? findCniFaults(config) : [])],
  };
}

const TPROXY_ONLY: ReadonlySet<string> = new Set(['tproxyMark', 'tproxyRouteTable']);

function noteConfig(config: CaptureConfig, mechanism: 'init-container' | 'cni'): readonly Phrase[] {
  const isOddMode = !['REDIRECT', 'TPROXY', ''].includes(config.interceptionMode);
  return [
    ...(mechanism === 'init-container' && isOddMode
      ? [{ code: 'capture.note.unknown-mode', values: { mode: config.interceptionMode } }]
      : []),
    ...(config.nativeNftables ? [{ code: 'capture.note.native-nftables' }] : []),
    ...(isTproxy(config)
      ? [{ code: 'capture.note.tproxy-routing', values: { mark: config.tproxyMark, table: config.tproxyRouteTable } }]
      : []),
  ];
}

function findCniFaults(config: CaptureConfig): readonly Phrase[] {
  const mode = config.interceptionMode;
  return mode === 'REDIRECT' || mode === 'TPROXY' ? [] : [{ code: 'capture.fault.cni-mode', values: { mode } }];
}

function readAmbient(pod: Pod, redirection: 'enabled' | 'pending'): CaptureSettings {
  const annotations = pod.metadata.annotations ?? {};
  const read = (key: 'ambientDns' | 'ambientBypassInbound', defaultValue: string): CaptureSetting => {
    const value = parseBoolean(annotations[ANNOTATION[key]]);
    return value === undefined
      ? { key, value: defaultValue, defaultValue, from: 'default', source: '' }
      : { key, value: String(value), defaultValue, from: 'annotation', source: ANNOTATION[key] };
  };
  const interfaces = annotations[ANNOTATION.rerouteVirtualInterfaces];
  const reroute: CaptureSetting = {
    key: 'rerouteVirtualInterfaces',
    value: interfaces ?? '',
    defaultValue: '',
    from: interfaces === undefined ? 'default' : 'annotation',
    source: interfaces === undefined ? '' : ANNOTATION.rerouteVirtualInterfaces,
  };
  return {
    mechanism: 'ambient',
    interceptionMode: 'REDIRECT',
    settings: [reroute, read('ambientDns', 'true'), read('ambientBypassInbound', 'false')],
    notes: [{ code: redirection === 'pending' ? 'capture.note.ambient-pending' : 'capture.note.ambient' }],
    faults: [],
  };
}

function reasonOf(proxy: Container): NoCaptureReason {
  if (proxy.args?.[0] === 'proxy' && proxy.args[1] === 'router') return 'gateway';
  const isAgentOnly = proxy.env?.some((one) => one.name === 'DISABLE_ENVOY' && parseBoolean(one.value) === true);
  return isAgentOnly === true ? 'grpc-agent' : 'mode-none';
}

function noCapture(because: NoCaptureReason): CaptureSettings {
  const notes = because === 'mode-none' ? [{ code: 'capture.note.none-with-cni' }] : [];
  return { mechanism: 'none', interceptionMode: 'NONE', settings: [], because, notes, faults: [] };
}

/** The container that installs or checks the rules; a user's own `istio-init` without the command does neither. */
function findInit(pod: Pod): Container | undefined {
  const isOurs = ({ name, args }: Container) =>
    (name === INIT_CONTAINER || name === VALIDATION_CONTAINER) && args?.[0] === IPTABLES_COMMAND;
  return pod.spec?.initContainers?.find(isOurs);
}

function findContainer(pod: Pod, name: string): Container | undefined {
  return [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].find((one) => one.name === name);
}

function inOrder(settings: readonly CaptureSetting[]): readonly CaptureSetting[] {
  return [...settings].sort((left, right) => SETTING_ORDER.indexOf(left.key) - SETTING_ORDER.indexOf(right.key));
}
