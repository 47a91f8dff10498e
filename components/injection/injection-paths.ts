/** The API's address of a namespace's switch: GET plans, POST writes. */
export const injectionPath = (namespace: string): string =>
  `/api/v1/namespaces/${encodeURIComponent(namespace)}/injection`;

interface WorkloadName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The same of one workload; `/preview` under it renders its next pod. */
export const workloadInjectionPath = ({ kind, namespace, name }: WorkloadName): string =>
  `/api/v1/namespaces/${[namespace, 'workloads', kind, name, 'injection'].map(encodeURIComponent).join('/')}`;
