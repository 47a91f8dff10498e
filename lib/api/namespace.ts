import { z } from 'zod';
import { accessSchema, answerMetaSchema, phraseSchema, stateCountsSchema } from './common';
import { enableTargetSchema, namespaceRowSchema, servedBySchema, workloadRowSchema } from './namespaces';

/** One line of the truth table of label combinations, evaluated on this cluster's webhooks. */
export const truthRowSchema = z.object({
  namespaceLabels: z.record(z.string(), z.string()),
  podLabels: z.record(z.string(), z.string()),
  servedBy: servedBySchema.nullable(),
  isToday: z.boolean(),
});

/** One kind of object: whether injection touches it, why, and what it gained. */
export const kindReachSchema = z.object({
  kind: z.string(),
  isTouched: z.boolean(),
  count: z.number().nullable(),
  because: phraseSchema,
  gained: phraseSchema.exactOptional(),
});

export const namespaceAnswerSchema = z.object({
  namespace: namespaceRowSchema,
  labelsChanged: z.object({ at: z.string(), manager: z.string() }).exactOptional(),
  managedBy: z.string().exactOptional(),
  workloads: z.array(workloadRowSchema),
  targets: z.array(enableTargetSchema),
  truthTable: z.array(truthRowSchema),
  reach: z.array(kindReachSchema),
  counts: stateCountsSchema,
  meta: answerMetaSchema,
});
export type NamespaceAnswer = z.infer<typeof namespaceAnswerSchema>;

/** What the user may do in a namespace, as the API server said. */
export const accessAnswerSchema = z.object({
  isReadOnly: z.boolean(),
  patchNamespace: accessSchema,
  restart: z.object({ Deployment: accessSchema, StatefulSet: accessSchema, DaemonSet: accessSchema }),
});
export type AccessAnswer = z.infer<typeof accessAnswerSchema>;
