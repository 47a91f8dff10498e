import { z } from 'zod';
import type { PodCapture } from '@/lib/core/capture/build-pod-capture';
import { phraseSchema } from './answer-parts';

const tableNameSchema = z.enum(['raw', 'mangle', 'nat', 'filter']);

/** One setting: its value, where that comes from, and what it would be otherwise. */
const captureSettingSchema = z.object({
  key: z.string(),
  value: z.string(),
  defaultValue: z.string(),
  from: z.enum(['argument', 'environment', 'annotation', 'container', 'pod', 'assumed', 'default']),
  source: z.string(),
  askedBy: z.string().exactOptional(),
});
export type CaptureSettingAnswer = z.infer<typeof captureSettingSchema>;

const captureRuleSchema = z.object({
  id: z.string(),
  text: z.string(),
  target: z.string(),
  meaning: phraseSchema,
});
export type CaptureRuleAnswer = z.infer<typeof captureRuleSchema>;

const captureChainSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Only built-in chains have one. */
  policy: z.string().exactOptional(),
  rules: z.array(captureRuleSchema),
});

const captureTableSchema = z.object({ name: tableNameSchema, chains: z.array(captureChainSchema) });
export type CaptureTableAnswer = z.infer<typeof captureTableSchema>;

const box = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };
const boxSchema = z.object(box);
const rowPlace = { id: z.string(), y: z.number(), height: z.number() };

const portSchema = z.number().int().min(1).max(65_535);
const idSchema = z.number().int().min(0).max(4_294_967_295);
const interfaceSchema = z.string().regex(/^[^\s/]{1,15}$/, 'must be the name of an interface');

/** A packet as a person describes it; what is left out is filled in as usual for its direction. */
export const packetRequestSchema = z.strictObject({
  direction: z.enum(['in', 'out']),
  protocol: z.enum(['tcp', 'udp']),
  /** An address, or a service: `reviews`, `reviews.bookinfo`. Absent for `in`: the pod's own address. */
  destination: z.string().min(1).max(253).exactOptional(),
  destinationPort: portSchema,
  source: z.string().min(1).max(64).exactOptional(),
  sourcePort: portSchema.exactOptional(),
  uid: idSchema.exactOptional(),
  gid: idSchema.exactOptional(),
  inInterface: interfaceSchema.exactOptional(),
  outInterface: interfaceSchema.exactOptional(),
  mark: idSchema.exactOptional(),
  state: z.enum(['NEW', 'ESTABLISHED', 'RELATED', 'INVALID']).exactOptional(),
});
export type PacketRequestBody = z.infer<typeof packetRequestSchema>;

const flowStepSchema = z.object({
  id: z.string(),
  ids: z.array(z.string()),
  chain: z.string().exactOptional(),
  says: phraseSchema,
});

/** The capture map in pixels; see lib/core/capture/capture-map.ts for what each part means. */
const captureMapSchema = z.object({
  width: z.number(),
  height: z.number(),
  stations: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['interface', 'hook', 'routing']),
      name: z.string(),
      tables: z.array(tableNameSchema),
      ...box,
    }),
  ),
  cards: z.array(
    z.object({
      id: z.string(),
      table: tableNameSchema,
      chain: z.string(),
      side: z.enum(['inbound', 'outbound']),
      isReachable: z.boolean(),
      rows: z.array(z.object({ ...rowPlace, text: z.string(), meaning: phraseSchema, target: z.string() })),
      ...box,
    }),
  ),
  process: boxSchema,
  ends: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['app', 'agent', 'envoy', 'ztunnel']),
      name: z.string(),
      uid: z.string().exactOptional(),
      ports: z.array(
        z.object({
          ...rowPlace,
          port: z.number(),
          protocol: z.enum(['tcp', 'udp']),
          purpose: phraseSchema.exactOptional(),
        }),
      ),
      ...box,
    }),
  ),
  edges: z.array(
    z.object({
      id: z.string(),
      from: z.string(),
      to: z.string(),
      kind: z.enum(['path', 'loopback', 'hook', 'jump', 'handover']),
      points: z.array(z.tuple([z.number(), z.number()])),
    }),
  ),
  panel: boxSchema.exactOptional(),
  flows: z.array(
    z.object({
      id: z.string(),
      label: phraseSchema,
      request: packetRequestSchema,
      steps: z.array(flowStepSchema),
    }),
  ),
});
export type CaptureMapAnswer = z.infer<typeof captureMapSchema>;

const captureFamilySchema = z.object({
  family: z.enum(['ipv4', 'ipv6']),
  /** In the order the kernel runs them at a hook; chains as a dump lists them. */
  tables: z.array(captureTableSchema),
  /** Input of `iptables-restore`, and what `iptables-save` shows afterwards. */
  restore: z.string(),
  save: z.string(),
  map: captureMapSchema,
  /** More packets to ask about than the map follows from the start. */
  presets: z.array(z.object({ id: z.string(), label: phraseSchema, request: packetRequestSchema })),
  /** What people do not expect of this pod's traffic, with the packet that shows it. */
  facts: z.array(z.object({ says: phraseSchema, request: packetRequestSchema.exactOptional() })),
});
export type CaptureFamilyAnswer = z.infer<typeof captureFamilySchema>;

/** GET /api/v1/namespaces/{ns}/pods/{pod}/capture: how a pod's traffic is captured, computed from the pod. */
export const captureAnswerSchema = z.object({
  verdict: phraseSchema,
  mechanism: z.enum(['init-container', 'cni', 'ambient', 'none']),
  interceptionMode: z.enum(['REDIRECT', 'TPROXY', 'NONE']),
  settings: z.array(captureSettingSchema),
  /** How it works, in a few lines with this pod's values. */
  explanation: z.array(phraseSchema),
  /** Assumptions and surprises. */
  notes: z.array(phraseSchema),
  /** Values that keep the pod from starting. */
  faults: z.array(phraseSchema),
  /** Annotations with which the next start fails, in the words of whoever refuses them. */
  annotationFaults: z.array(
    z.object({
      annotation: z.string(),
      value: z.string(),
      by: z.enum(['injector', 'cni-plugin', 'iptables']),
      text: z.string(),
    }),
  ),
  /** IPv4 first; empty where no rules apply. */
  families: z.array(captureFamilySchema),
  /** Of a pod with native nftables: what is fed to `nft -f`, and what `nft list ruleset` shows afterwards. */
  nft: z.object({ commands: z.string(), list: z.string() }).exactOptional(),
  /** Pods of the namespace with a sidecar, to compare with; the first hundred by name. */
  others: z.array(z.string()),
  /** Services of the pod's namespace that have an address, for the packet tracer; the first hundred by name. */
  services: z.array(
    z.object({
      name: z.string(),
      ports: z.array(z.object({ port: z.number(), protocol: z.enum(['tcp', 'udp']) })),
    }),
  ),
});
export type CaptureAnswer = z.infer<typeof captureAnswerSchema>;

/** The wire form of what core found out; parsing drops what the contract does not name. */
export function toCaptureAnswer(
  { settings, verdict, explanation, annotationFaults, families, nft }: PodCapture,
  { services = [], others = [] }: Partial<Pick<CaptureAnswer, 'services' | 'others'>> = {},
): CaptureAnswer {
  return captureAnswerSchema.parse({
    ...settings,
    services,
    others,
    verdict,
    explanation,
    annotationFaults,
    ...(nft === undefined ? {} : { nft }),
    families: families.map(({ ruleSet, ...rest }) => ({ ...rest, ...ruleSet })),
  });
}
