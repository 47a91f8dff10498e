import { describe, expect, it } from 'vitest';
import { cleanPodForDisplay } from './clean-pod-for-display';
import { appContainer } from './example-pods';

describe('cleanPodForDisplay', () => {
  it('keeps what a person wrote, in one order, without bookkeeping', () => {
    const metadata = {
      uid: 'u',
      resourceVersion: '7',
      annotations: { b: '2', a: '1', 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
      labels: { z: 'yes' },
      name: 'shop',
      managedFields: [{ manager: 'kubectl' }],
    };
    const spec = { volumes: [{ name: 'data', emptyDir: {} }], containers: [appContainer({ env: [], resources: {} })] };
    expect(cleanPodForDisplay({ metadata, spec })).toBe(
      [
        'apiVersion: v1',
        'kind: Pod',
        'metadata:',
        '  name: shop',
        '  labels:',
        "    z: 'yes'",
        '  annotations:',
        "    a: '1'",
        "    b: '2'",
        'spec:',
        '  containers:',
        '    - name: app',
        '      image: shop:1',
        '      ports:',
        '        - containerPort: 80',
        '          protocol: TCP',
        '  volumes:',
        '    - name: data',
        '      emptyDir: {}',
        '',
      ].join('\n'),
    );
  });

  it('gives the same text whatever the order of keys', () => {
    const one = {
      metadata: { name: 'a', labels: { x: '1', y: '2' } },
      spec: { containers: [{ name: 'c', image: 'i' }] },
    };
    const other = {
      spec: { containers: [{ image: 'i', name: 'c' }] },
      metadata: { labels: { y: '2', x: '1' }, name: 'a' },
    };
    expect(cleanPodForDisplay(one)).toBe(cleanPodForDisplay(other));
  });
});
