import { clusterName, networkName } from './injector-values';
import { type JsonObject, textAt } from './json-types';
import { editSidecarEnv, type PodDraft } from './pod-draft';

const CLUSTER_ENV = 'ISTIO_META_CLUSTER_ID';
const NETWORK_ENV = 'ISTIO_META_NETWORK';
const NETWORK_LABEL = 'topology.istio.io/network';
const PATH_NAMES: ReadonlyMap<string, string> = new Map([
  ['cluster', CLUSTER_ENV],
  ['net', NETWORK_ENV],
]);
const ENV_MARK = ':ENV:';

export type SidecarEnv = Readonly<Record<string, string>>;

/**
 * The variables that an injector's URL gives: `/inject/cluster/c1/net/n1`.
 *
 * Input: the path behind `/inject`, possibly empty.
 * Source: Istio, pkg/kube/inject, parseInjectEnvs.
 */
export function readPathEnv(path: string): SidecarEnv {
  const rest = path.replace(/^\/(inject\/?)?/, '').replace(/\/$/, '');
  if (rest === '') return {};
  return rest.startsWith(ENV_MARK) ? readMarkedEnv(rest) : readPairs(rest.split('/'));
}

function readMarkedEnv(text: string): SidecarEnv {
  const env: Record<string, string> = {};
  for (const item of text.split(ENV_MARK)) {
    const at = item.indexOf('=');
    if (at > 0) env[toEnvName(item.slice(0, at))] = item.slice(at + 1);
  }
  return env;
}

function readPairs(parts: readonly string[]): SidecarEnv {
  const env: Record<string, string> = {};
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const name = parts[at] ?? '';
    if (name !== '') env[toEnvName(name)] = (parts[at + 1] ?? '').replaceAll('--slash--', '/');
  }
  return env;
}

function toEnvName(name: string): string {
  return PATH_NAMES.get(name) ?? name.toUpperCase();
}

/** The variables that tell a proxy its cluster and network: values, then the URL, then the pod's label. */
export function identityEnv(values: JsonObject, path: string, labels: Readonly<Record<string, string>>): SidecarEnv {
  const cluster = clusterName(values);
  const network = networkName(values);
  const env: Record<string, string> = {
    ...(cluster !== '' && { [CLUSTER_ENV]: cluster }),
    ...(network !== '' && { [NETWORK_ENV]: network }),
    ...readPathEnv(path),
  };
  const label = labels[NETWORK_LABEL] ?? '';
  if (label !== '') env[NETWORK_ENV] = label;
  return env;
}

/**
 * The cluster whose nodes decide on native sidecars: the URL's or the values'; empty where neither names one.
 *
 * Source: Istio, pkg/kube/inject/webhook.go, inject.
 */
export function clusterOf(values: JsonObject, path: string): string {
  return identityEnv(values, path, {})[CLUSTER_ENV] ?? '';
}

/** Gives the sidecar its identity: named variables move to the end, in name order. */
export function setIdentityEnv(draft: PodDraft, env: SidecarEnv): void {
  const names = Object.keys(env).sort();
  if (names.length === 0) return;
  editSidecarEnv(draft, (current) => [
    ...current.filter((variable) => !names.includes(textAt(variable, 'name'))),
    ...names.map((name) => ({ name, value: env[name] ?? '' })),
  ]);
}

/** Labels the pod with its network, where it has one. */
export function setNetworkLabel(draft: PodDraft, env: SidecarEnv): void {
  const network = env[NETWORK_ENV] ?? '';
  if (network !== '') draft.labels[NETWORK_LABEL] = network;
}
