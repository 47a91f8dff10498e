import { z } from 'zod';
import { CERTAINTIES } from '@/lib/core/injection/uninject/uninjected-pod';
import { CHANGE_GROUPS, CHANGE_ORIGINS } from '@/lib/core/pod/change-types';
import { phraseSchema } from './answer-parts';
import { listeningProcessSchema } from './pod-ports';

const markSchema = z.enum(['same', 'added', 'changed', 'removed']);
export type AnatomyMark = z.infer<typeof markSchema>;

export const podChangeSchema = z.object({
  id: z.string(),
  kind: z.enum(['added', 'changed', 'removed']),
  group: z.enum(CHANGE_GROUPS),
  path: z.string(),
  container: z.string().exactOptional(),
  /** Part of a container that is new as a whole. */
  isPart: z.boolean(),
  /** Values as text; what comes from a Secret is the reference only. */
  before: z.string().exactOptional(),
  after: z.string().exactOptional(),
  origin: z.enum(CHANGE_ORIGINS),
  originLabel: phraseSchema,
  because: phraseSchema,
});
export type PodChange = z.infer<typeof podChangeSchema>;

const anatomyContainerSchema = z.object({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  role: z.enum(['application', 'init', 'setup', 'proxy']),
  isNative: z.boolean(),
  mark: markSchema,
  does: phraseSchema.exactOptional(),
  sockets: z.array(z.object({ process: listeningProcessSchema, ports: z.array(z.number()) })),
  changes: z.array(z.string()),
});
export type AnatomyContainer = z.infer<typeof anatomyContainerSchema>;

const anatomyPlugSchema = z.object({
  id: z.string(),
  port: z.number(),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']),
  container: z.string(),
  process: listeningProcessSchema,
  purpose: phraseSchema,
  mark: markSchema,
  clashes: z.array(phraseSchema),
  inbound: z
    .object({
      kind: z.enum(['captured', 'skipped', 'untouched', 'unknown']),
      toPort: z.number().exactOptional(),
      ruleText: z.string().exactOptional(),
    })
    .exactOptional(),
  viaPort: z.number().exactOptional(),
});
export type AnatomyPlug = z.infer<typeof anatomyPlugSchema>;

const anatomyGateSchema = z.object({
  mark: markSchema,
  mode: z.string(),
  writtenBy: z.string(),
  inboundPort: z.number(),
  outboundPort: z.number(),
});
export type AnatomyGate = z.infer<typeof anatomyGateSchema>;

const anatomyVolumeSchema = z.object({
  name: z.string(),
  source: z.string(),
  mark: markSchema,
  isFromApiServer: z.boolean(),
  mountedBy: z.array(z.object({ container: z.string(), path: z.string() })),
  changes: z.array(z.string()),
});
export type AnatomyVolume = z.infer<typeof anatomyVolumeSchema>;

const anatomyStateSchema = z.object({
  init: z.array(anatomyContainerSchema),
  running: z.array(anatomyContainerSchema),
  plugs: z.array(anatomyPlugSchema),
  gate: anatomyGateSchema.exactOptional(),
  volumes: z.array(anatomyVolumeSchema),
});
export type AnatomyState = z.infer<typeof anatomyStateSchema>;

const uninjectedPartSchema = z.object({
  /** As in `spec.containers[app].livenessProbe`. */
  path: z.string(),
  fate: z.enum(['taken-off', 'restored', 'kept']),
  certainty: z.enum(CERTAINTIES),
  because: phraseSchema,
  /** What else may have stood there; null is nothing. */
  alternatives: z.array(z.json()).exactOptional(),
});
export type UninjectedPart = z.infer<typeof uninjectedPartSchema>;

const ownerDifferenceSchema = z.object({
  path: z.string(),
  ofOwner: z.json().exactOptional(),
  ofPod: z.json().exactOptional(),
  because: phraseSchema,
});
export type OwnerDifference = z.infer<typeof ownerDifferenceSchema>;

const beforeAfterSchema = z.tuple([z.number(), z.number()]);

/** GET …/pods/{pod}/diff: the pod as its author wrote it beside the pod as it runs. */
export const podDiffAnswerSchema = z.object({
  /** How the written pod is known: from the owner's template, worked out from the pod alone, or nothing was added. */
  source: z.enum(['owner-template', 'recovered', 'own']),
  owner: z.object({ kind: z.string(), name: z.string() }).exactOptional(),
  /** Why the owner's template could not be used. */
  ownerProblem: z.string().exactOptional(),
  verdict: phraseSchema,
  isInjected: z.boolean(),
  summary: z.object({
    containers: z.number(),
    listeningPorts: z.number(),
    env: z.number(),
    volumes: z.number(),
    mounts: z.number(),
    annotations: z.number(),
    labels: z.number(),
    probesRewritten: z.number(),
    cpuRequest: z.string(),
    memoryRequest: z.string(),
    byOthers: z.number(),
    unknown: z.number(),
  }),
  changes: z.array(podChangeSchema),
  anatomy: z.object({
    asWritten: anatomyStateSchema,
    asRuns: anatomyStateSchema,
    counts: z.object({ containers: beforeAfterSchema, ports: beforeAfterSchema }),
  }),
  yaml: z.object({ asWritten: z.string(), asRuns: z.string() }),
  /** What un-injection did to each part, and how sure it is; empty for a pod that was not injected. */
  parts: z.array(uninjectedPartSchema),
  /** Whether injecting the un-injected pod again gives the pod that runs, and where it does not. */
  proof: z.object({ verified: z.enum(['same', 'different', 'refused', 'none']), differences: z.array(z.string()) }),
  /** Where the un-injected pod is not what the owner's template says. */
  ownerDifferences: z.array(ownerDifferenceSchema),
});
export type PodDiffAnswer = z.infer<typeof podDiffAnswerSchema>;
export type PodChangeSummary = PodDiffAnswer['summary'];
export type PodAnatomy = PodDiffAnswer['anatomy'];
