import { configMap, container, daemonSet, deployment, service, serviceAccount } from './build-objects';
import { KUBERNETES_VERSION } from './cluster-base';
import type { Seeder } from './seeder';

/** What every cluster runs in kube-system. */
export async function seedSystemWorkloads(seeder: Seeder): Promise<void> {
  const ns = 'kube-system';
  await seeder.pass(20_000);
  for (const name of ['coredns', 'kube-proxy', 'metrics-server']) await seeder.create(serviceAccount(name, ns), 'none');
  await seeder.create(configMap('coredns', ns, { Corefile: COREFILE }), 'none');
  await seeder.run(
    daemonSet({
      name: 'kube-proxy',
      namespace: ns,
      podLabels: { 'k8s-app': 'kube-proxy', app: 'kube-proxy' },
      serviceAccountName: 'kube-proxy',
      containers: [
        container({
          name: 'kube-proxy',
          image: `registry.k8s.io/kube-proxy:${KUBERNETES_VERSION}`,
          more: {
            command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf'],
            securityContext: { privileged: true },
          },
        }),
      ],
      pod: { hostNetwork: true, priorityClassName: 'system-node-critical', tolerations: [{ operator: 'Exists' }] },
    }),
    'none',
  );
  await seeder.run(
    deployment({
      name: 'coredns',
      namespace: ns,
      replicas: 2,
      podLabels: { app: 'coredns', 'k8s-app': 'kube-dns' },
      serviceAccountName: 'coredns',
      containers: [
        container({
          name: 'coredns',
          image: 'registry.k8s.io/coredns/coredns:v1.13.1',
          ports: [
            { name: 'dns', containerPort: 53, protocol: 'UDP' },
            { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
            { name: 'metrics', containerPort: 9153, protocol: 'TCP' },
          ],
          more: {
            args: ['-conf', '/etc/coredns/Corefile'],
            resources: { requests: { cpu: '100m', memory: '70Mi' }, limits: { memory: '170Mi' } },
          },
        }),
      ],
      pod: { priorityClassName: 'system-cluster-critical' },
    }),
    'none',
  );
  const dnsPorts = [
    { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
    { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
  ];
  await seeder.create(
    service({ name: 'kube-dns', namespace: ns, ports: dnsPorts, selector: { 'k8s-app': 'kube-dns' } }),
    'none',
  );
}

const COREFILE = `.:53 {
    errors
    health
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa
    forward . /etc/resolv.conf
    cache 30
    reload
}
`;
