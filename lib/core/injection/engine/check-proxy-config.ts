import ipaddr from 'ipaddr.js';
import { parseGoDuration } from './go-duration';
import { fieldOf, isObject, type JsonObject, objectAt, textAt } from './json-types';
import type { ProxyConfig } from './mesh-config';

const MILLISECOND = 1_000_000n;
const SECOND = 1_000_000_000n;
const MAX_NAME = 255;
const LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
const HOST_IP = '$(HOST_IP)';

/**
 * Checks a complete proxy config as istiod does for the annotation `proxy.istio.io/config`.
 *
 * Output: the text of all faults together, undefined where there is none.
 * Source: Istio, pkg/config/validation/agent, ValidateMeshConfigProxyConfig.
 */
export function checkProxyConfig(config: ProxyConfig): string | undefined {
  const faults = [
    textAt(config, 'configPath') === '' ? 'config path must be set' : undefined,
    textAt(config, 'binaryPath') === '' ? 'binary path must be set' : undefined,
    clusterFault(config),
    drainFault(config),
    discoveryFault(config),
    ...tracingFaults(objectAt(config, 'tracing')),
    ...addressFaults(config),
    prefixed('invalid proxy admin port:', portFault(Number(config.proxyAdminPort ?? 0))),
    policyFault(config),
    prefixed('invalid status port:', portFault(Number(config.statusPort ?? 0))),
    prefixed('invalid private key provider configuration:', providerFault(config)),
    ...connectionFaults(config).map((fault) => `invalid connection settings: ${fault}`),
  ].filter((fault) => fault !== undefined);
  if (faults.length === 0) return undefined;
  const noun = faults.length === 1 ? 'error' : 'errors';
  return `${faults.length} ${noun} occurred:\n${faults.map((fault) => `\t* ${fault}\n`).join('')}\n`;
}

function prefixed(prefix: string, fault: string | undefined): string | undefined {
  return fault === undefined ? undefined : `${prefix} ${fault}`;
}

function clusterFault(config: ProxyConfig): string | undefined {
  if (config.tracingServiceName !== undefined) return undefined;
  if (config.serviceCluster === undefined) return 'oneof service cluster or tracing service name must be specified';
  return config.serviceCluster === '' ? 'service cluster must be specified' : undefined;
}

function drainFault(config: ProxyConfig): string | undefined {
  const nanos = parseGoDuration(textAt(config, 'drainDuration')) ?? 0n;
  if (nanos < MILLISECOND) return 'invalid drain duration: duration must be greater than 1ms';
  if (nanos % MILLISECOND !== 0n) return 'invalid drain duration: only durations to ms precision are supported';
  return nanos % SECOND === 0n ? undefined : 'drain time only supports durations to seconds precision';
}

function discoveryFault(config: ProxyConfig): string | undefined {
  const address = textAt(config, 'discoveryAddress');
  if (address === '') return 'discovery address must be set to the proxy discovery service';
  return prefixed('invalid discovery address:', addressFault(address));
}

function tracingFaults(tracing: JsonObject): readonly (string | undefined)[] {
  const lightstep = fieldOf(tracing, 'lightstep');
  const address = textAt(lightstep, 'address');
  const resolved = (tracer: string) => textAt(objectAt(tracing, tracer), 'address').replace(HOST_IP, '127.0.0.1');
  const has = (tracer: string) => isObject(fieldOf(tracing, tracer));
  const tls = fieldOf(tracing, 'tlsSettings');
  const isMutual = textAt(tls, 'mode') === 'MUTUAL';
  return [
    has('lightstep') && address === '' ? 'invalid lightstep config: address is required' : undefined,
    has('lightstep')
      ? prefixed('invalid lightstep config: invalid lightstep address:', addressFault(address))
      : undefined,
    has('lightstep') && textAt(lightstep, 'accessToken') === ''
      ? 'invalid lightstep config: access token is required'
      : undefined,
    has('zipkin') ? prefixed('invalid zipkin config:', addressFault(resolved('zipkin'))) : undefined,
    has('datadog') ? prefixed('invalid datadog config:', addressFault(resolved('datadog'))) : undefined,
    isMutual && textAt(tls, 'clientCertificate') === ''
      ? 'invalid tracing TLS config: client certificate required for mutual tls'
      : undefined,
    isMutual && textAt(tls, 'privateKey') === ''
      ? 'invalid tracing TLS config: private key required for mutual tls'
      : undefined,
  ];
}

function addressFaults(config: ProxyConfig): readonly (string | undefined)[] {
  const check = (what: string, address: string) =>
    address === '' ? undefined : prefixed(`invalid ${what} address ${JSON.stringify(address)}:`, addressFault(address));
  return [
    check('statsd udp', textAt(config, 'statsdUdpAddress')),
    check('envoy metrics service', textAt(config, 'envoyMetricsServiceAddress')),
    check('envoy metrics service', textAt(objectAt(config, 'envoyMetricsService'), 'address')),
    check('envoy access log service', textAt(objectAt(config, 'envoyAccessLogService'), 'address')),
  ];
}

function policyFault(config: ProxyConfig): string | undefined {
  const policy = config.controlPlaneAuthPolicy ?? 'NONE';
  if (policy === 'NONE' || policy === 'MUTUAL_TLS') return undefined;
  return `invalid authentication policy: unrecognized control plane auth policy ${JSON.stringify(policy)}`;
}

function providerFault(config: ProxyConfig): string | undefined {
  const provider = fieldOf(config, 'privateKeyProvider');
  if (!isObject(provider)) return undefined;
  const settings = fieldOf(provider, 'cryptomb') ?? fieldOf(provider, 'qat');
  if (!isObject(settings)) return 'private key provider configuration is required';
  const delay = textAt(settings, 'pollDelay');
  if (delay === '') return 'pollDelay is required';
  return parseGoDuration(delay) === 0n ? 'pollDelay must be non zero' : undefined;
}

const NOT_NEGATIVE: ReadonlyMap<string, string> = new Map([
  ['listenerPerConnectionBufferLimitBytes', 'listener_per_connection_buffer_limit_bytes'],
  ['clusterPerConnectionBufferLimitBytes', 'cluster_per_connection_buffer_limit_bytes'],
  ['httpIdleTimeout', 'http_idle_timeout'],
  ['httpMaxConnectionDuration', 'http_max_connection_duration'],
  ['httpDrainTimeout', 'http_drain_timeout'],
  ['httpRequestTimeout', 'http_request_timeout'],
  ['httpRequestHeadersTimeout', 'http_request_headers_timeout'],
  ['httpStreamIdleTimeout', 'http_stream_idle_timeout'],
  ['httpMaxStreamDuration', 'http_max_stream_duration'],
]);
const LOWEST: ReadonlyMap<string, readonly [name: string, lowest: number, words: string]> = new Map([
  ['httpMaxConcurrentStreams', ['http_max_concurrent_streams', 1, 'positive']],
  ['http2InitialStreamWindowSize', ['http2_initial_stream_window_size', 65_535, 'at least 65535']],
  ['http2InitialConnectionWindowSize', ['http2_initial_connection_window_size', 65_535, 'at least 65535']],
  ['listenerConnectionLimit', ['listener_connection_limit', 1, 'positive']],
  ['globalDownstreamConnectionLimit', ['global_downstream_connection_limit', 1, 'positive']],
]);

function connectionFaults(config: ProxyConfig): readonly string[] {
  const settings = objectAt(config, 'connectionSettings');
  const negative = [...NOT_NEGATIVE].flatMap(([key, name]) =>
    String(settings[key] ?? '').startsWith('-') ? [`${name} must be non-negative`] : [],
  );
  const low = [...LOWEST].flatMap(([key, [name, lowest, words]]) =>
    settings[key] !== undefined && Number(settings[key]) < lowest ? [`${name} must be ${words}`] : [],
  );
  return [...negative, ...low];
}

function portFault(port: number): string | undefined {
  return port >= 1 && port <= 65_535 ? undefined : `port number ${port} must be in the range 1..65535`;
}

function addressFault(address: string): string | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:[\]]*)):([^:]*)$/.exec(address) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || port === undefined) {
    const reason = address.includes(':') ? 'too many colons in address' : 'missing port in address';
    return `unable to split ${JSON.stringify(address)}: ${address === '' ? '' : `address ${address}: `}${reason}`;
  }
  if (!/^[+-]?\d+$/.test(port)) {
    return `port (${port}) is not a number: strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`;
  }
  const fault = portFault(Number(port));
  if (fault !== undefined) return fault;
  if (isDnsName(host) || ipaddr.IPv4.isValidFourPartDecimal(host) || ipaddr.IPv6.isValid(host)) return undefined;
  return `${JSON.stringify(host)} is not a valid hostname or an IP address`;
}

function isDnsName(name: string): boolean {
  const labels = name.replace(/\.$/, '').split('.');
  return (
    name !== '' &&
    name.length <= MAX_NAME &&
    labels.every((label) => LABEL.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}
