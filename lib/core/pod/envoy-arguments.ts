import type { Pod } from '@/lib/core/kube/pod-types';
import { toText } from './json-value';
import { readAddresses } from './proxy-listeners';
import type { ProxyFacts } from './read-proxy-facts';

const DEFAULT_DRAIN_SECONDS = 45;

/** Seconds in a duration text such as `45s` or `1m30s`; undefined when it is none. */
export function parseDurationSeconds(text: string | undefined): number | undefined {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(text ?? '');
  if (match === null || match[0] === '') return undefined;
  return Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
}

/** The value of `--name=value` in an argument list. */
function readOption(args: readonly string[], name: string): string | undefined {
  return args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
}

/**
 * The arguments that pilot-agent gives Envoy, worked out from the agent's own arguments and the proxy config.
 *
 * Output: `--concurrency` is left out where the node's cores decide.
 * Source: Istio, pkg/envoy/proxy.go, args; compared with a running pod.
 */
export function listEnvoyArguments({ placed, config, workers }: ProxyFacts, pod: Pod): readonly string[] {
  const args = placed.container.args ?? [];
  const drain = Math.trunc(parseDurationSeconds(toText(config.drainDuration)) ?? DEFAULT_DRAIN_SECONDS);
  const levels = readOption(args, 'proxyComponentLogLevel');
  return [
    ...['-c', 'etc/istio/proxy/envoy-rev.json'],
    ...['--drain-time-s', String(drain), '--drain-strategy', 'immediate'],
    ...['--local-address-ip-version', readAddresses(pod).loopback === '::1' ? 'v6' : 'v4'],
    ...['--file-flush-interval-msec', '1000', '--disable-hot-restart', '--allow-unknown-static-fields'],
    ...['-l', readOption(args, 'proxyLogLevel') ?? 'warning'],
    ...(levels === undefined ? [] : ['--component-log-level', levels]),
    '--skip-deprecated-logs',
    ...(workers === undefined ? [] : ['--concurrency', String(workers)]),
  ];
}

/** The agent's arguments with `$(NAME)` filled in, as the kubelet does for values that it knows. */
export function expandArguments(args: readonly string[], pod: Pod): readonly string[] {
  const known: Readonly<Record<string, string | undefined>> = {
    POD_NAME: pod.metadata.name,
    POD_NAMESPACE: pod.metadata.namespace,
  };
  return args.map((arg) => arg.replace(/\$\((\w+)\)/g, (whole, name: string) => known[name] ?? whole));
}
