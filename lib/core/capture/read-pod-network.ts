import type { Pod, PodSpec } from '@/lib/core/kube/pod-types';
import type { Phrase } from '@/lib/core/phrase';
import type { CaptureConfig } from './capture-config';
import type { CaptureSetting } from './capture-settings';
import type { PodNetwork } from './packet';
import { familyOfAddress } from './split-cidrs';

export interface ClusterDns {
  /** The cluster IP of the DNS service, if the caller has seen it. */
  readonly serverAddress?: string;
}

interface DnsFields {
  readonly dnsPolicy?: string;
  readonly dnsConfig?: { readonly nameservers?: readonly string[] };
}

interface PodNetworkFacts {
  readonly config: Pick<CaptureConfig, 'enableIpv6' | 'dnsServersV4' | 'dnsServersV6'>;
  readonly settings: readonly CaptureSetting[];
  readonly notes: readonly Phrase[];
}

/** What kubeadm and most installers give the DNS service. */
const USUAL_CLUSTER_DNS = '10.96.0.10';

/** Addresses of the pod, from its status, the main one first. */
function listPodAddresses(pod: Pod): readonly string[] {
  const { podIP, podIPs } = pod.status ?? {};
  return [...new Set([...(podIP ? [podIP] : []), ...(podIPs ?? []).map(({ ip }) => ip)])];
}

/** Stands for the address of a pod that has none yet; from the range kept for documentation. */
const NO_ADDRESS_YET = '192.0.2.1';

/** The pod as the tracer needs it; the interface is the one that container runtimes give. */
export function toPodNetwork(pod: Pod, config: CaptureConfig): PodNetwork {
  const localMarks = config.interceptionMode === 'TPROXY' ? [Number(config.tproxyMark)] : [];
  const addresses = listPodAddresses(pod);
  return { addresses: addresses.length > 0 ? addresses : [NO_ADDRESS_YET], interfaceName: 'eth0', localMarks };
}

/**
 * Works out what the program detects inside the pod: whether IPv6 is on and which DNS servers resolv.conf names.
 *
 * Output: the detected part of the config, the same as settings, and a note where a server had to be assumed.
 * Source: Istio, tools/istio-iptables/pkg/config, FillConfigFromEnvironment; pkg/util/net, dual stack detection.
 */
export function readPodNetworkFacts(pod: Pod, read: CaptureConfig, clusterDns: ClusterDns): PodNetworkFacts {
  const families = listPodAddresses(pod).map(familyOfAddress);
  const enableIpv6 = read.dualStack ? families.includes('ipv6') : families[0] === 'ipv6';
  const dns = read.redirectDns && !read.captureAllDns ? readDnsServers(pod.spec ?? {}, clusterDns) : undefined;
  const of = (family: string) => (dns?.servers ?? []).filter((server) => familyOfAddress(server) === family);
  return {
    config: { enableIpv6, dnsServersV4: of('ipv4'), dnsServersV6: of('ipv6') },
    settings: [
      {
        key: 'enableIpv6',
        value: String(enableIpv6),
        defaultValue: 'false',
        from: families.length > 0 ? 'pod' : 'assumed',
        source: families.length > 0 ? (read.dualStack ? 'status.podIPs' : 'status.podIP') : '',
      },
      ...(dns === undefined ? [] : [dns.setting]),
    ],
    notes: [
      ...(dns?.setting.from === 'assumed'
        ? [{ code: 'capture.note.assumed-dns', values: { server: dns.setting.value } }]
        : []),
      ...(families.includes('ipv6') && !enableIpv6 ? [{ code: 'capture.note.ipv6-bypass' }] : []),
    ],
  };
}

function readDnsServers(spec: PodSpec & DnsFields, { serverAddress }: ClusterDns) {
  const own = spec.dnsConfig?.nameservers ?? [];
  const isOwnOnly = spec.dnsPolicy === 'None';
  const assumed = isOwnOnly ? [] : [serverAddress ?? USUAL_CLUSTER_DNS];
  const servers = [...new Set([...assumed, ...own])];
  const setting: CaptureSetting = {
    key: 'dnsServers',
    value: servers.join(','),
    defaultValue: '',
    from: isOwnOnly ? 'pod' : 'assumed',
    source: own.length > 0 ? 'dnsConfig.nameservers' : '',
  };
  return { servers, setting };
}
