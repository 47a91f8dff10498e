import { z } from 'zod';
import { answerMetaSchema, phraseSchema, podStateSchema } from './answer-parts';
import { namespaceModeSchema, servedBySchema, severitySchema, workloadRowSchema } from './namespaces';

export const remedySchema = z.object({ action: z.string(), text: phraseSchema });

/** One gate on the way to a sidecar, with the values that it saw. */
export const gateSchema = z.object({
  gate: z.string(),
  title: phraseSchema,
  outcome: z.enum(['passed', 'failed', 'not-reached', 'unknown']),
  seen: z.array(phraseSchema),
  isDeciding: z.boolean(),
});
export type Gate = z.infer<typeof gateSchema>;

/** What may go wrong beside the answer. */
export const hazardSchema = z.object({ hazard: z.string(), severity: severitySchema, because: phraseSchema });
export type Hazard = z.infer<typeof hazardSchema>;

/** What came of rendering the pod with the template of the injector that would be called now. */
export const renderingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rendered') }),
  z.object({ kind: z.literal('same') }),
  z.object({
    kind: z.literal('differs'),
    differences: z.array(
      z.object({ path: z.string(), running: z.string().exactOptional(), wanted: z.string().exactOptional() }),
    ),
  }),
  z.object({ kind: z.literal('refused'), reasons: z.array(phraseSchema) }),
  z.object({ kind: z.literal('unchecked'), because: phraseSchema }),
]);
export type Rendering = z.infer<typeof renderingSchema>;

export const podRowSchema = z.object({
  name: z.string(),
  state: podStateSchema,
  because: phraseSchema,
  revision: z.string().exactOptional(),
  proxyImage: z.string().exactOptional(),
  phase: z.string(),
  ready: z.number(),
  containers: z.number(),
  restarts: z.number(),
  nodeName: z.string(),
  podIP: z.string(),
  createdAt: z.string(),
  isTerminating: z.boolean(),
});
export type PodRow = z.infer<typeof podRowSchema>;

export const verdictSchema = z.object({
  state: podStateSchema,
  because: phraseSchema,
  notes: z.array(phraseSchema),
  servedBy: servedBySchema.exactOptional(),
  remedies: z.array(remedySchema),
  gates: z.array(gateSchema),
  hazards: z.array(hazardSchema),
  /** Absent where no injector would be called. */
  rendering: renderingSchema.exactOptional(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** Why pods that are wanted are not created, in the words of whoever refused them. */
const refusalSchema = z.object({
  cause: z.string(),
  because: phraseSchema,
  message: z.string(),
  count: z.number(),
  at: z.string().exactOptional(),
  remedies: z.array(remedySchema),
});

export const workloadAnswerSchema = z.object({
  workload: workloadRowSchema,
  /** Absent where the workload itself cannot be read. */
  resourceVersion: z.string().exactOptional(),
  rollout: z
    .object({
      replicas: z.number(),
      ready: z.number(),
      updated: z.number(),
      isObserved: z.boolean(),
      isPaused: z.boolean(),
      restartedAt: z.string().exactOptional(),
    })
    .exactOptional(),
  mode: namespaceModeSchema,
  /** What its next pod would meet. */
  next: verdictSchema.omit({ state: true, notes: true }).exactOptional(),
  refusal: refusalSchema.exactOptional(),
  pods: z.array(podRowSchema),
  problems: z.array(z.object({ cause: z.string(), severity: severitySchema, title: phraseSchema })),
  meta: answerMetaSchema,
});
export type WorkloadAnswer = z.infer<typeof workloadAnswerSchema>;
