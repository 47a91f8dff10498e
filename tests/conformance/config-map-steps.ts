import type { SendStep } from './row';

export const CONFIG_MAPS = '/api/v1/namespaces/{ns}/configmaps';
const MERGE = 'application/merge-patch+json';

/** The steps that rows about lists and watches change a ConfigMap with. Theirs carry the label `row`, others' do not. */
export function createMap(name: string, labels: Readonly<Record<string, string>> = { row: 'yes' }): SendStep {
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels } };
  return { send: { method: 'POST', path: CONFIG_MAPS, body }, expect: { status: 201 } };
}

export function createMaps(...names: readonly string[]): SendStep[] {
  return names.map((name) => createMap(name));
}

/** Sets or (`null`) removes labels. */
export function labelMap(name: string, labels: Readonly<Record<string, string | null>>): SendStep {
  const send = { method: 'PATCH', path: `${CONFIG_MAPS}/${name}`, contentType: MERGE, body: { metadata: { labels } } };
  return { send, expect: { status: 200 } };
}

export function deleteMap(name: string): SendStep {
  return { send: { method: 'DELETE', path: `${CONFIG_MAPS}/${name}` }, expect: { status: 200 } };
}

/** Keeps a ConfigMap's version as `{version}`. */
export function saveVersion(name: string): SendStep {
  return {
    send: { path: `${CONFIG_MAPS}/${name}` },
    expect: { status: 200 },
    save: { version: 'body.metadata.resourceVersion' },
  };
}
