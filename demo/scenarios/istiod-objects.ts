import type { NewObject } from '@/demo/server/object-types';
import { container, deployment, service } from './build-objects';
import { type ControlPlane, istiodName, pilotImage, revisionOf } from './control-plane';

function labelsOf(plane: ControlPlane) {
  return {
    app: 'istiod',
    'istio.io/rev': revisionOf(plane),
    istio: 'pilot',
    'operator.istio.io/component': 'Pilot',
    'operator.istio.io/version': plane.version,
    release: 'istio',
  };
}

export function istiodDeployment(plane: ControlPlane): NewObject {
  const { suffix } = plane;
  const field = (name: string, fieldPath: string) => ({
    name,
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
  });
  const discovery = container({
    name: 'discovery',
    image: pilotImage(plane),
    ports: [
      { name: 'http-debug', containerPort: 8080, protocol: 'TCP' },
      { name: 'grpc-xds', containerPort: 15_010, protocol: 'TCP' },
      { name: 'tls-xds', containerPort: 15_012, protocol: 'TCP' },
      { name: 'https-webhooks', containerPort: 15_017, protocol: 'TCP' },
      { name: 'http-monitoring', containerPort: 15_014, protocol: 'TCP' },
    ],
    more: {
      args: [
        'discovery',
        '--monitoringAddr=:15014',
        '--log_output_level=default:info',
        '--domain',
        'cluster.local',
        '--keepaliveMaxServerConnectionAge',
        '30m',
      ],
      env: [
        { name: 'REVISION', value: suffix === '' ? 'default' : suffix },
        { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
        field('POD_NAME', 'metadata.name'),
        field('POD_NAMESPACE', 'metadata.namespace'),
        field('SERVICE_ACCOUNT', 'spec.serviceAccountName'),
        { name: 'CLUSTER_ID', value: 'Kubernetes' },
      ],
      resources: { requests: { cpu: '500m', memory: '2Gi' } },
      readinessProbe: {
        httpGet: { path: '/ready', port: 8080 },
        initialDelaySeconds: 1,
        periodSeconds: 3,
        timeoutSeconds: 5,
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
      },
    },
  });
  return deployment({
    name: istiodName(plane),
    namespace: 'istio-system',
    replicas: plane.replicas,
    labels: labelsOf(plane),
    podLabels: {
      app: 'istiod',
      istio: 'pilot',
      'istio.io/rev': revisionOf(plane),
      'istio.io/dataplane-mode': 'none',
      'operator.istio.io/component': 'Pilot',
      'sidecar.istio.io/inject': 'false',
    },
    podAnnotations: {
      'prometheus.io/port': '15014',
      'prometheus.io/scrape': 'true',
      'sidecar.istio.io/inject': 'false',
    },
    serviceAccountName: istiodName(plane),
    containers: [discovery],
    spec: {
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '100%', maxUnavailable: '25%' } },
      selector: { matchLabels: { app: 'istiod', 'istio.io/rev': revisionOf(plane) } },
    },
  });
}

export function istiodService(plane: ControlPlane): NewObject {
  return service({
    name: istiodName(plane),
    namespace: 'istio-system',
    labels: labelsOf(plane),
    selector: { app: 'istiod', 'istio.io/rev': revisionOf(plane) },
    ports: [
      { name: 'grpc-xds', port: 15_010, protocol: 'TCP', targetPort: 15_010 },
      { name: 'https-dns', port: 15_012, protocol: 'TCP', targetPort: 15_012 },
      { name: 'https-webhook', port: 443, protocol: 'TCP', targetPort: 15_017 },
      { name: 'http-monitoring', port: 15_014, protocol: 'TCP', targetPort: 15_014 },
    ],
  });
}

/** What istiod may do, in short: read the cluster, keep its certificates and webhooks. */
export function istiodRoles(plane: ControlPlane): NewObject[] {
  const name = `${istiodName(plane)}-clusterrole-istio-system`;
  const read = ['get', 'list', 'watch'];
  const rules = [
    { apiGroups: [''], resources: ['pods', 'nodes', 'services', 'namespaces', 'endpoints'], verbs: read },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
    { apiGroups: ['networking.istio.io', 'security.istio.io', 'telemetry.istio.io'], resources: ['*'], verbs: read },
    { apiGroups: ['gateway.networking.k8s.io'], resources: ['*'], verbs: [...read, 'update', 'patch'] },
    {
      apiGroups: ['admissionregistration.k8s.io'],
      resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
      verbs: [...read, 'update', 'patch'],
    },
    { apiGroups: [''], resources: ['configmaps'], verbs: ['create', ...read, 'update'] },
    { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  ];
  const labels = { app: 'istiod', release: 'istio' };
  return [
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name, labels }, rules },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: istiodName(plane), namespace: 'istio-system' }],
    },
  ];
}
