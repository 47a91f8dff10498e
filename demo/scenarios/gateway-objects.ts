import type { NewObject } from '@/demo/server/object-types';
import { container, deployment, service, serviceAccount } from './build-objects';

export interface GatewayPlan {
  readonly name: string;
  readonly namespace: string;
  readonly replicas: number;
  /** Label of its pods that Gateway objects select. */
  readonly istio: string;
  /** `istio.io/rev` of its pods; without it the default injector serves it. */
  readonly revision?: string;
  readonly type?: 'LoadBalancer' | 'ClusterIP';
}

/** A gateway as its chart installs it: the injector turns the `auto` container into a proxy. */
export function gatewayObjects(plan: GatewayPlan): NewObject[] {
  const { name, namespace, replicas, istio, revision } = plan;
  const account = `${name}-service-account`;
  const labels = { app: name, istio };
  const more = {
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '2', memory: '1Gi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsGroup: 1337,
      runAsNonRoot: true,
      runAsUser: 1337,
    },
  };
  const port = (portName: string, number: number, targetPort = number) => ({
    name: portName,
    port: number,
    protocol: 'TCP',
    targetPort,
  });
  return [
    serviceAccount(account, namespace, labels),
    withAddress(
      service({
        name,
        namespace,
        labels,
        selector: labels,
        ports: [port('status-port', 15_021), port('http2', 80, 8080), port('https', 443, 8443)],
        spec: { type: plan.type ?? 'LoadBalancer' },
      }),
      plan,
    ),
    deployment({
      name,
      namespace,
      replicas,
      labels,
      podLabels: {
        ...labels,
        'sidecar.istio.io/inject': 'true',
        ...(revision === undefined ? {} : { 'istio.io/rev': revision }),
      },
      podAnnotations: { 'inject.istio.io/templates': 'gateway' },
      serviceAccountName: account,
      containers: [
        container({
          name: 'istio-proxy',
          image: 'auto',
          ports: [
            { name: 'http2', containerPort: 8080 },
            { name: 'https', containerPort: 8443 },
          ],
          more,
        }),
      ],
    }),
  ];
}

/** A load balancer's address, which a cloud would have given by now. */
function withAddress(object: NewObject, { name, type }: GatewayPlan): NewObject {
  if (type === 'ClusterIP') return object;
  const last = 10 + ([...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 200);
  return { ...object, status: { loadBalancer: { ingress: [{ ip: `203.0.113.${last}`, ipMode: 'VIP' }] } } };
}
