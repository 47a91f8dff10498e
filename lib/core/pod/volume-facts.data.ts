import { TOKEN_VOLUME } from './pod-names.data';
import type { PodPhraseCode } from './pod-phrases.data';

/** What the template's volumes hold. Source: Istio, files/injection-template.yaml. */
const VOLUMES: Readonly<Record<string, PodPhraseCode>> = {
  'workload-socket': 'pod.volume.workload-socket',
  'credential-socket': 'pod.volume.credential-socket',
  'workload-certs': 'pod.volume.workload-certs',
  'istio-envoy': 'pod.volume.envoy',
  'istio-xds': 'pod.volume.envoy',
  'istio-data': 'pod.volume.data',
  'istio-podinfo': 'pod.volume.podinfo',
  'istio-token': 'pod.volume.token',
  'istiod-ca-cert': 'pod.volume.ca-cert',
  'istio-ca-crl': 'pod.volume.ca-crl',
  'istio-certs': 'pod.volume.ca-cert',
  'custom-bootstrap-volume': 'pod.volume.bootstrap',
  'grpc-io-proxyless-bootstrap': 'pod.volume.bootstrap',
};

export function volumePhrase(name: string): PodPhraseCode {
  if (TOKEN_VOLUME.test(name)) return 'pod.volume.api-token';
  return (Object.hasOwn(VOLUMES, name) ? VOLUMES[name] : undefined) ?? 'pod.volume.other';
}
