import { z } from 'zod';
import { accessSchema, phraseSchema } from './answer-parts';
import { injectionActionSchema, plannedWorkloadSchema } from './injection';
import { severitySchema } from './namespaces';
import { previewRowSchema, usedInjectorSchema } from './preview';

export const workloadSwitchQuerySchema = z.object({ action: injectionActionSchema });
export type WorkloadSwitchQuery = z.infer<typeof workloadSwitchQuerySchema>;

/** POST …/workloads/{kind}/{name}/injection: `enable` writes `sidecar.istio.io/inject=true`, `disable` false, `unset` removes it. */
export const workloadSwitchRequestSchema = z.strictObject({
  action: injectionActionSchema,
  /** The version that the person saw; a workload that changed since is a conflict. */
  resourceVersion: z.string().min(1).max(64),
  /** The template that the person saw: where it still stands, a newer version of the object, of its status or scale, is no conflict. */
  fingerprint: z.string().min(1).max(64).exactOptional(),
  dryRun: z.boolean().exactOptional(),
});
export type WorkloadSwitchRequest = z.infer<typeof workloadSwitchRequestSchema>;

/** The label's value on the pod template; null where it is not there. */
const switchValueSchema = z.string().nullable();

/** GET …/injection?action=…: what a switch of one workload would do. */
export const workloadSwitchPlanSchema = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  resourceVersion: z.string(),
  /** Stays the same as long as nobody edits the pod template. */
  fingerprint: z.string(),
  before: switchValueSchema,
  after: switchValueSchema,
  isNoChange: z.boolean(),
  lines: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
  kubectl: z.string(),
  becomes: plannedWorkloadSchema,
  facts: z.array(phraseSchema),
  warnings: z.array(z.object({ severity: severitySchema, text: phraseSchema })),
  /** Actions that would change nothing now are left out. */
  actions: z.array(injectionActionSchema),
  managedBy: z.string().exactOptional(),
  access: accessSchema,
});
export type WorkloadSwitchPlan = z.infer<typeof workloadSwitchPlanSchema>;

/** GET …/injection/preview?action=…: the next pod with the switch changed, as the injector would make it. */
export const workloadSwitchPreviewSchema = z.object({
  row: previewRowSchema,
  injector: usedInjectorSchema.exactOptional(),
  notes: z.array(phraseSchema),
});
export type WorkloadSwitchPreview = z.infer<typeof workloadSwitchPreviewSchema>;

/** What the write did, and what would take it back. */
export const workloadSwitchResultSchema = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  before: switchValueSchema,
  after: switchValueSchema,
  resourceVersion: z.string(),
  fingerprint: z.string(),
  generation: z.number(),
  kubectl: z.string(),
  dryRun: z.boolean(),
  /** Absent where no action writes the value that stood there. */
  undo: z.object({ action: injectionActionSchema }).exactOptional(),
});
export type WorkloadSwitchResult = z.infer<typeof workloadSwitchResultSchema>;
