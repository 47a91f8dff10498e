import { z } from 'zod';
import { phraseSchema } from './answer-parts';
import { injectedPartSchema } from './inject';
import { injectionActionSchema, labelRevisionSchema, plannedChangeSchema, restartWaySchema } from './injection';
import { servedBySchema } from './namespaces';
import { podDiffAnswerSchema } from './pod-diff';

/**
 * What new pods would be, rendered by the injection engine.
 *
 * The plan (`GET …/injection`) tells labels, modes and warnings at once; everything that is said of a single workload
 * comes from the stream below, row by row, and replaces the plan's row of the same kind and name.
 */
export const previewQuerySchema = z.object({
  /** Absent: with the labels as they are, which is what the next restart does. */
  action: injectionActionSchema.exactOptional(),
  /** With `enable`: the value of `istio.io/rev`; without it `istio-injection=enabled`. */
  revision: labelRevisionSchema.exactOptional(),
});
export type PreviewQuery = z.infer<typeof previewQuerySchema>;

/** Written as Kubernetes writes them, `100m` and `128Mi`; `0` for nothing. A minus stands before what is given back. */
const amountsSchema = z.object({ cpu: z.string(), memory: z.string() });
export type PreviewAmounts = z.infer<typeof amountsSchema>;

/** A container that injection brings. */
export const arrivingContainerSchema = z.object({
  name: z.string(),
  image: z.string(),
  /** `native`: an init container that keeps running; `init`: one that ends before the application starts. */
  role: z.enum(['sidecar', 'native', 'init']),
  requests: amountsSchema,
});
export type ArrivingContainer = z.infer<typeof arrivingContainerSchema>;

export const previewRefusalSchema = z.object({
  /**
   * Who turns the pod away: the injector; Pod Security at the namespace's level; the API server since the webhook cannot
   * be reached; or it is refused now and nothing changes about that.
   */
  by: z.enum(['injector', 'pod-security', 'unreachable-webhook', 'now']),
  because: phraseSchema,
  /** The words of the real program, where it is known what they would be. */
  text: z.string().exactOptional(),
});
export type PreviewRefusal = z.infer<typeof previewRefusalSchema>;

/** One workload, as its next pods would be. */
export const previewRowSchema = z.object({
  kind: z.string(),
  name: z.string(),
  /** Pods now. */
  pods: z.number(),
  becomes: plannedChangeSchema,
  because: phraseSchema,
  restart: restartWaySchema,
  /** `rendered`: the engine made the pod; `not-needed`: no injector is asked; `not-possible`: `problem` says why, and the row is a forecast. */
  rendering: z.enum(['rendered', 'not-needed', 'not-possible']),
  problem: phraseSchema.exactOptional(),
  /** The webhook that is asked. */
  servedBy: servedBySchema.exactOptional(),
  containers: z.array(arrivingContainerSchema),
  /** What injection adds to what the scheduler has to find. */
  requests: z
    .object({
      perPod: amountsSchema,
      /** The pods that it is multiplied by: as many as are wanted. */
      replicas: z.number(),
      total: amountsSchema,
      /** Of the total, what is not requested yet. */
      adds: amountsSchema,
    })
    .exactOptional(),
  warnings: z.array(phraseSchema),
  refusals: z.array(previewRefusalSchema),
});
export type PreviewRow = z.infer<typeof previewRowSchema>;

export const previewTotalsSchema = z.object({
  /** Rows so far. */
  rows: z.number(),
  /** Rows by what they become; a word that no row has is absent. */
  becomes: z.partialRecord(plannedChangeSchema, z.number()),
  /** What all sidecars together request, and of it what is not requested yet. */
  requests: amountsSchema,
  adds: amountsSchema,
  /** Rows that could not be rendered. */
  notRendered: z.number(),
});
export type PreviewTotals = z.infer<typeof previewTotalsSchema>;

/** The injector that rendered, and the objects that it was made of. */
export const usedInjectorSchema = z.object({
  revision: z.string(),
  /** Istio's release, `1.24`; absent where the configuration could not be used. */
  release: z.string().exactOptional(),
  nativeSidecars: z.boolean().exactOptional(),
  configMaps: z.array(z.object({ namespace: z.string(), name: z.string(), resourceVersion: z.string() })),
  /** Why it could not be used, or, with a `release`, why the last good configuration was. */
  problem: phraseSchema.exactOptional(),
});
export type UsedInjector = z.infer<typeof usedInjectorSchema>;

/**
 * A line of `GET …/injection/preview` (`application/x-ndjson`): one `start`, the rows in the order of the plan, then
 * `end` or `failure`. Closing the connection ends the rendering.
 */
export const previewLineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    namespace: z.string(),
    /** Of the namespace that was read; compare with the plan's. */
    resourceVersion: z.string(),
    /** Rows to come. */
    total: z.number(),
    injectors: z.array(usedInjectorSchema),
    /** What the preview could not take into account. */
    notes: z.array(phraseSchema),
  }),
  /** `totals` count the rows up to this one. */
  z.object({ type: z.literal('row'), row: previewRowSchema, totals: previewTotalsSchema }),
  z.object({ type: z.literal('end'), totals: previewTotalsSchema }),
  z.object({ type: z.literal('failure'), error: z.object({ code: z.string(), message: z.string() }) }),
]);
export type PreviewLine = z.infer<typeof previewLineSchema>;

/** GET …/workloads/{kind}/{name}/preview and GET …/pods/{pod}/preview. */
export const podPreviewAnswerSchema = z.object({
  namespace: z.string(),
  resourceVersion: z.string(),
  /** Which labels of the namespace were taken: `as-is`, or those after an action; `phrase` says it, `labels` are the two injection labels. */
  assumption: z.object({
    kind: z.enum(['as-is', 'asked', 'if-switched-on']),
    action: injectionActionSchema.exactOptional(),
    revision: z.string().exactOptional(),
    labels: z.record(z.string(), z.string()),
    phrase: phraseSchema,
  }),
  /** `unknown`: it could not be rendered, see `row.problem`. */
  outcome: z.enum(['injected', 'skipped', 'refused', 'unknown']),
  row: previewRowSchema,
  templates: z.array(z.string()),
  injector: usedInjectorSchema.exactOptional(),
  /** The pod as written, and as it would run: also where only admission, not the injector, would refuse it. */
  yaml: z.object({ before: z.string(), after: z.string().exactOptional() }).exactOptional(),
  /** As `GET …/pods/{pod}/diff` tells it, of the pod that would be. */
  comparison: podDiffAnswerSchema.exactOptional(),
  /** What injection touches, with what is behind it; lines are those of `comparison.yaml.asRuns`. */
  parts: z.array(injectedPartSchema),
  notes: z.array(phraseSchema),
});
export type PodPreviewAnswer = z.infer<typeof podPreviewAnswerSchema>;
