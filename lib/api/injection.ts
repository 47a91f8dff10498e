import { z } from 'zod';
import { accessSchema, phraseSchema, stateCountsSchema } from './answer-parts';
import { enableTargetSchema, namespaceModeSchema, severitySchema } from './namespaces';

export const injectionActionSchema = z.enum(['enable', 'disable', 'unset']);
export type InjectionActionName = z.infer<typeof injectionActionSchema>;

export const labelRevisionSchema = z
  .string()
  .max(63)
  .regex(/^[a-zA-Z0-9]([-a-zA-Z0-9_.]*[a-zA-Z0-9])?$/, 'must be a label value');

export const injectionPlanQuerySchema = z.object({
  action: injectionActionSchema,
  revision: labelRevisionSchema.exactOptional(),
});
export type InjectionPlanQuery = z.infer<typeof injectionPlanQuerySchema>;

/** POST …/injection. `revision` names a revision or tag for `istio.io/rev`; without it, enable writes `istio-injection=enabled`. */
export const injectionRequestSchema = z.strictObject({
  action: injectionActionSchema,
  revision: labelRevisionSchema.exactOptional(),
  /** The version that the person saw; a namespace that changed since is a conflict. */
  resourceVersion: z.string().min(1).max(64),
  dryRun: z.boolean().exactOptional(),
});
export type InjectionRequest = z.infer<typeof injectionRequestSchema>;

const labelsSchema = z.record(z.string(), z.string());

export const plannedChangeSchema = z.enum([
  'gains',
  'loses',
  'changes-revision',
  'keeps',
  'stays-without',
  'refused',
  'unknown',
]);

export const restartWaySchema = z.enum(['rollout', 'recreate', 'next-run', 'none']);

export const plannedWorkloadSchema = z.object({
  kind: z.string(),
  name: z.string(),
  pods: z.number(),
  now: stateCountsSchema,
  becomes: plannedChangeSchema,
  because: phraseSchema,
  restart: restartWaySchema,
});
export type PlannedWorkload = z.infer<typeof plannedWorkloadSchema>;

/** GET …/injection?action=…: what a switch would do, now and at the next restart. */
export const injectionPlanAnswerSchema = z.object({
  namespace: z.string(),
  resourceVersion: z.string(),
  labels: z.object({
    before: labelsSchema,
    after: labelsSchema,
    lines: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
    kubectl: z.string(),
    isNoChange: z.boolean(),
  }),
  modeBefore: namespaceModeSchema,
  modeAfter: namespaceModeSchema,
  health: z.object({ health: z.string(), because: phraseSchema }).exactOptional(),
  facts: z.array(phraseSchema),
  warnings: z.array(z.object({ severity: severitySchema, text: phraseSchema })),
  workloads: z.array(plannedWorkloadSchema),
  managedBy: z.string().exactOptional(),
  /** What could be chosen instead. */
  targets: z.array(enableTargetSchema),
  access: accessSchema,
});
export type InjectionPlanAnswer = z.infer<typeof injectionPlanAnswerSchema>;

/** What the write did, and what would take it back. */
export const injectionResultSchema = z.object({
  namespace: z.string(),
  before: labelsSchema,
  after: labelsSchema,
  resourceVersion: z.string(),
  kubectl: z.string(),
  dryRun: z.boolean(),
  /** Absent where the labels before cannot be said by an action. */
  undo: z.object({ action: injectionActionSchema, revision: z.string().exactOptional() }).exactOptional(),
});
export type InjectionResult = z.infer<typeof injectionResultSchema>;

export const restartRequestSchema = z.strictObject({
  /** Restart only if the workload is still at this version. */
  resourceVersion: z.string().min(1).max(64).exactOptional(),
  dryRun: z.boolean().exactOptional(),
});

export const restartResultSchema = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  restartedAt: z.string(),
  generation: z.number(),
  kubectl: z.string(),
});
export type RestartResult = z.infer<typeof restartResultSchema>;
