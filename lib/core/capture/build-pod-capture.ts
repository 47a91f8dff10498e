import { toRelease } from '@/lib/core/injection/engine/release';
import type { Pod } from '@/lib/core/kube/pod-types';
import type { Phrase } from '@/lib/core/phrase';
import { buildCaptureFlows } from './build-capture-flows';
import { buildCaptureMap } from './build-capture-map';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { listCaptureEnds } from './capture-ends';
import type { CaptureMap } from './capture-map';
import { readCaptureMinor } from './capture-release';
import type { CaptureSettings } from './capture-settings';
import { decideCaptureVerdict } from './decide-capture-verdict';
import { explainCapture } from './explain-capture';
import { type AnnotationFault, findAnnotationFaults } from './find-annotation-faults';
import { listPacketPresets, type PacketPreset } from './list-packet-presets';
import { listTrafficFacts, type TrafficFact } from './list-traffic-facts';
import type { PodNetwork } from './packet';
import { readCaptureSettings } from './read-capture-settings';
import { type ClusterDns, toPodNetwork } from './read-pod-network';
import { renderRestore } from './render-restore';
import { renderSave } from './render-save';
import type { Family, RuleSet } from './rule-types';
import type { PacketScene } from './tell-packet';

export interface FamilyCapture {
  readonly ruleSet: RuleSet;
  /** What a packet of the family is followed through. */
  readonly scene: PacketScene;
  /** What the program feeds to `iptables-restore`, as one text. */
  readonly restore: string;
  /** What `iptables-save` shows afterwards, as one text. */
  readonly save: string;
  readonly map: CaptureMap;
  /** More packets to ask about than the map follows from the start. */
  readonly presets: readonly PacketPreset[];
  readonly facts: readonly TrafficFact[];
}

export interface PodCapture {
  readonly settings: CaptureSettings;
  readonly verdict: Phrase;
  /** The general rule in a few lines with this pod's values. */
  readonly explanation: readonly Phrase[];
  readonly network?: PodNetwork;
  /** The release whose generator the rules are of, 31 for 1.31. */
  readonly minor?: number;
  /** Capture annotations of the pod that somebody refuses, in whose words; what its next pod would meet. */
  readonly annotationFaults: readonly AnnotationFault[];
  /** IPv4 always first; empty where no sidecar rules apply or the settings make the program fail. */
  readonly families: readonly FamilyCapture[];
}

/** Stands in where the pod has no address of the family, though rules for it exist (an IPv6-only pod's IPv4 rules). */
const NO_ADDRESS = { ipv4: '192.0.2.1', ipv6: '2001:db8::1:1' } as const;

/** Everything about a pod's capture that can be told from the pod: settings, verdict, and the rules of each family. */
export function buildPodCapture(pod: Pod, clusterDns: ClusterDns = {}): PodCapture {
  const settings = readCaptureSettings(pod, clusterDns);
  const verdict = decideCaptureVerdict(settings);
  const { config } = settings;
  const minor = readCaptureMinor(pod);
  const mechanism = settings.mechanism === 'cni' ? 'cni' : 'init-container';
  const annotationFaults = findAnnotationFaults(pod.metadata.annotations ?? {}, toRelease(`1.${minor}`), mechanism);
  if (config === undefined || settings.faults.length > 0) {
    return { settings, verdict, explanation: [], annotationFaults, families: [] };
  }
  const families: readonly Family[] = config.enableIpv6 ? ['ipv4', 'ipv6'] : ['ipv4'];
  const network = toPodNetwork(pod, config);
  const ends = listCaptureEnds(pod, config);
  return {
    settings,
    verdict,
    explanation: explainCapture(settings, ends),
    network,
    minor,
    annotationFaults,
    families: families.map((family) => {
      const drafts = buildSidecarRules(config, family, minor);
      const ruleSet = buildRuleSet(drafts, family);
      const scene = { ruleSet, config, ends, pod: ofFamily(network, family) };
      return {
        ruleSet,
        scene,
        restore: toText(renderRestore(drafts)),
        save: toText(renderSave(ruleSet)),
        map: buildCaptureMap(ruleSet, ends, buildCaptureFlows(scene)),
        presets: listPacketPresets(scene),
        facts: listTrafficFacts(pod, scene),
      };
    }),
  };
}

/** The pod as packets of one family see it; its addresses of the other family play no part. */
function ofFamily(network: PodNetwork, family: Family): PodNetwork {
  const addresses = network.addresses.filter((address) => address.includes(':') === (family === 'ipv6'));
  return { ...network, addresses: addresses.length > 0 ? addresses : [NO_ADDRESS[family]] };
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
