import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@/lib/core/injection/engine/json-types';
import type { DocumentRecord } from '@/lib/core/kube/records';
import { compareWithOwner, type OwnerComparison } from './compare-with-owner';
import { listOtherWebhooks } from './list-other-webhooks';

const template = { metadata: { labels: { app: 'shop' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } };
const compare = (pod: JsonObject, over: Partial<OwnerComparison> = {}) =>
  compareWithOwner({
    owner: { kind: 'ReplicaSet', name: 'shop-5d', template },
    pod,
    metadata: {},
    parts: [],
    otherWebhooks: [],
    ...over,
  });
const labelled = { ...template, metadata: { labels: { app: 'shop', team: 'a' } } };

describe('compareWithOwner', () => {
  it('takes for nothing what the API server fills in', () => {
    const filled = {
      metadata: { name: 'shop-1', labels: { app: 'shop' } },
      spec: {
        containers: [{ name: 'app', image: 'app:1', terminationMessagePath: '/dev/termination-log', resources: {} }],
        restartPolicy: 'Always',
        serviceAccountName: 'default',
        serviceAccount: 'default',
        dnsPolicy: 'ClusterFirst',
      },
    };
    expect(compare(filled)).toEqual([]);
  });

  it.each<[name: string, over: Partial<OwnerComparison>, code: string]>([
    ['nobody that is known', {}, 'uninject.no-maker'],
    ['another webhook', { otherWebhooks: ['cost.example.com'] }, 'uninject.other-webhook'],
    ['an edit of the template', { owner: { kind: 'DaemonSet', name: 'shop', template } }, 'uninject.edited-since'],
    [
      'a hand',
      {
        otherWebhooks: ['cost.example.com'],
        metadata: {
          creationTimestamp: '2026-01-01T00:00:00Z',
          managedFields: [
            {
              manager: 'kubectl-label',
              time: '2026-01-02T00:00:00Z',
              fieldsV1: { 'f:metadata': { 'f:labels': { 'f:team': {} } } },
            },
          ],
        },
      },
      'uninject.edited-by',
    ],
  ])('suspects %s', (_name, over, code) => {
    expect(compare(labelled, over)).toMatchObject([{ path: 'metadata.labels[team]', ofPod: 'a', because: { code } }]);
  });

  it.each<[kind: string, pod: JsonObject]>([
    [
      'StatefulSet',
      {
        ...template,
        spec: {
          ...template.spec,
          hostname: 'shop-0',
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-shop-0' } }],
        },
      },
    ],
    ['DaemonSet', { ...template, spec: { ...template.spec, tolerations: [{ key: 'x', operator: 'Exists' }] } }],
  ])('leaves out what the controller of a %s adds', (kind, pod) => {
    expect(compare(pod, { owner: { kind, name: 'shop', template } })).toEqual([]);
  });
});

describe('listOtherWebhooks', () => {
  const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }];
  const record = (name: string, webhooks: readonly JsonObject[]): DocumentRecord => ({
    kind: 'MutatingWebhookConfiguration',
    name,
    namespace: '',
    uid: name,
    resourceVersion: '1',
    createdAt: '',
    labels: {},
    annotations: {},
    body: { webhooks },
  });
  const picks = (labels: JsonObject) => ({ matchLabels: labels });

  it('lists those that hear of the pod, in the order of the calls', () => {
    const records = [
      record('z', [{ name: 'z.example.com', rules }]),
      record('istio', [{ name: 'rev.namespace.sidecar-injector.istio.io', rules }]),
      record('b', [
        {
          name: 'b.example.com',
          rules,
          namespaceSelector: picks({ team: 'a' }),
          objectSelector: picks({ app: 'shop' }),
        },
        { name: 'other-namespace.example.com', rules, namespaceSelector: picks({ team: 'b' }) },
        { name: 'other-pod.example.com', rules, objectSelector: picks({ app: 'x' }) },
        { name: 'services.example.com', rules: [{ ...rules[0], resources: ['services'] }] },
      ]),
    ];
    expect(listOtherWebhooks(records, { team: 'a' }, { app: 'shop' })).toEqual(['b.example.com', 'z.example.com']);
  });
});
