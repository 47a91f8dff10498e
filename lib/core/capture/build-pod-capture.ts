import { toRelease } from '@/lib/core/injection/engine/release';
import type { Pod } from '@/lib/core/kube/pod-types';
import type { Phrase } from '@/lib/core/phrase';
import { AMBIENT_LOCAL_MARK, type AmbientConfig, buildAmbientRules } from './build-ambient-rules';
import { buildCaptureFlows } from './build-capture-flows';
import { buildCaptureMap } from './build-capture-map';
import { buildNftRules } from './build-nft-rules';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import { listAmbientEnds, listCaptureEnds } from './capture-ends';
import type { CaptureMap } from './capture-map';
import { readCaptureMinor } from './capture-release';
import type { CaptureSettings } from './capture-settings';
import { decideCaptureVerdict } from './decide-capture-verdict';
import { explainCapture } from './explain-capture';
import { type AnnotationFault, findAnnotationFaults } from './find-annotation-faults';
import { listPacketPresets, type PacketPreset } from './list-packet-presets';
import { listTrafficFacts } from './list-traffic-facts';
import type { PodNetwork } from './packet';
import type { PacketScene } from './packet-scene';
import { readAmbientConfig } from './read-ambient-config';
import { readCaptureSettings } from './read-capture-settings';
import { type ClusterDns, toPodNetwork } from './read-pod-network';
import { renderNftCommands, renderNftList } from './render-nft';
import { renderRestore } from './render-restore';
import { renderSave } from './render-save';
import type { Family, RuleDraft, RuleSet } from './rule-types';
import type { TrafficFact } from './traffic-claim';

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
  /** IPv4 always first; empty where no rules apply or the settings make the program fail. */
  readonly families: readonly FamilyCapture[];
  /** The rules of both families as they are in force, where the program loads nftables instead. */
  readonly nft?: NftTexts;
}

/** What the program hands to `nft`, and what `nft list ruleset` shows afterwards. */
export interface NftTexts {
  readonly commands: string;
  readonly list: string;
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
  const ambient = readAmbientConfig(settings);
  if (ambient !== undefined) {
    return { settings, verdict, annotationFaults, ...describeAmbient(pod, settings, ambient) };
  }
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
      const scene = { ruleSet: buildRuleSet(drafts, family), config, ends, pod: ofFamily(network, family) };
      return toFamily(pod, drafts, scene);
    }),
    ...(config.nativeNftables ? { nft: toNftTexts(config) } : {}),
  };
}

/** What is told of a pod of the ambient mesh: the same as of others, with ztunnel in the proxy's place. */
function describeAmbient(
  pod: Pod,
  settings: CaptureSettings,
  ambient: AmbientConfig,
): Pick<PodCapture, 'explanation' | 'network' | 'families'> {
  const local = { localMarks: [AMBIENT_LOCAL_MARK.mark], localMarkMask: AMBIENT_LOCAL_MARK.mask };
  const network: PodNetwork = { ...toPodNetwork(pod, PROGRAM_DEFAULTS), ...local };
  const ends = listAmbientEnds(pod);
  const families: readonly Family[] = ambient.enableIpv6 ? ['ipv4', 'ipv6'] : ['ipv4'];
  return {
    explanation: explainCapture(settings, ends),
    network,
    families: families.map((family) => {
      const drafts = buildAmbientRules(ambient, family);
      const scene = { ruleSet: buildRuleSet(drafts, family), ambient, ends, pod: ofFamily(network, family) };
      return toFamily(pod, drafts, scene);
    }),
  };
}

function toFamily(pod: Pod, drafts: readonly RuleDraft[], scene: PacketScene): FamilyCapture {
  const { ruleSet, ends } = scene;
  return {
    ruleSet,
    scene,
    restore: toText(renderRestore(drafts)),
    save: toText(renderSave(ruleSet)),
    map: buildCaptureMap(ruleSet, ends, buildCaptureFlows(scene)),
    presets: listPacketPresets(scene),
    facts: listTrafficFacts(pod, scene),
  };
}

function toNftTexts(config: CaptureConfig): NftTexts {
  const rules = buildNftRules(config);
  return { commands: toText(renderNftCommands(rules)), list: toText(renderNftList(rules)) };
}

/** The pod as packets of one family see it; its addresses of the other family play no part. */
function ofFamily(network: PodNetwork, family: Family): PodNetwork {
  const addresses = network.addresses.filter((address) => address.includes(':') === (family === 'ipv6'));
  return { ...network, addresses: addresses.length > 0 ? addresses : [NO_ADDRESS[family]] };
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
