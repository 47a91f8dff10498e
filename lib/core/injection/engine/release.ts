import type { JsonObject } from './json-types';

/** What differs between Istio releases, as far as injection shows it. */
export interface Release {
  /** 24 for 1.24; the newest known stands for every later one. */
  readonly minor: number;
  readonly patch: number;
  readonly switches: ReleaseSwitches;
  /** What the mesh config's `defaultConfig` is applied over. */
  readonly builtinProxyConfig: JsonObject;
}

export interface ReleaseSwitches {
  /** Whether containers have the field `restartPolicy`; templates up to 1.17 wrote it where it was silently dropped. */
  readonly containerRestartPolicy: boolean;
  /** Whether the multus list in JSON form names the network's namespace. */
  readonly multusNetworkNamespace: boolean;
  /** Whether the status annotation carries the revision. */
  readonly statusRevision: boolean;
  /** Whether the switch `sidecar.istio.io/inject` knows only `true` and `false`. */
  readonly strictInjectSwitch: boolean;
  /** Whether tcpSocket probes are rewritten; up to 1.18 istiod could be told not to. */
  readonly rewriteTcpProbes: boolean;
}

const NEWEST_MINOR = 31;
const OLDEST_MINOR = 6;
/** The patch releases that brought the namespace into the multus list, before 1.26 had it from the start. */
const MULTUS_NAMESPACE_SINCE: ReadonlyMap<number, number> = new Map([
  [23, 6],
  [24, 4],
  [25, 1],
]);

export interface ReleaseOverrides {
  readonly switches?: Partial<ReleaseSwitches>;
  readonly builtinProxyConfig?: JsonObject;
}

/**
 * The traits of a release, from a version such as `1.24.0`, `1.31-dev` or an image tag that begins so.
 *
 * Output: the newest known release where the text names none.
 * Source: the behaviour of Istio 1.10 to 1.31, release by release.
 */
export function toRelease(version: string, overrides: ReleaseOverrides = {}): Release {
  const { minor, patch } = parseVersion(version);
  return {
    minor,
    patch,
    switches: {
      containerRestartPolicy: minor >= 18,
      multusNetworkNamespace: minor >= 26 || patch >= (MULTUS_NAMESPACE_SINCE.get(minor) ?? Number.POSITIVE_INFINITY),
      statusRevision: minor >= 11,
      strictInjectSwitch: minor >= 27,
      rewriteTcpProbes: minor >= 12,
      ...overrides.switches,
    },
    builtinProxyConfig: overrides.builtinProxyConfig ?? builtinProxyConfig(minor),
  };
}

/** The release that an image tag names; undefined where it names none, as `latest` does. */
export function readVersion(tag: string): string | undefined {
  return /^v?(1\.\d+(?:\.\d+)?)/.exec(tag)?.[1];
}

function parseVersion(version: string): { readonly minor: number; readonly patch: number } {
  const [, minor, patch] = /^v?1\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (minor === undefined) return { minor: NEWEST_MINOR, patch: 0 };
  return { minor: Math.min(Math.max(Number(minor), OLDEST_MINOR), NEWEST_MINOR), patch: Number(patch ?? '0') };
}

function builtinProxyConfig(minor: number): JsonObject {
  return {
    configPath: './etc/istio/proxy',
    binaryPath: '/usr/local/bin/envoy',
    serviceCluster: 'istio-proxy',
    drainDuration: '45s',
    ...(minor <= 16 && { parentShutdownDuration: '60s' }),
    discoveryAddress: 'istiod.istio-system.svc:15012',
    proxyAdminPort: 15000,
    controlPlaneAuthPolicy: 'MUTUAL_TLS',
    statNameLength: 189,
    ...(minor <= 17 && { concurrency: 2 }),
    ...(minor <= 21 && { tracing: { zipkin: { address: 'zipkin.istio-system:9411' } } }),
    statusPort: 15020,
    terminationDrainDuration: '5s',
  };
}
