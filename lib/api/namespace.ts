import { z } from 'zod';
import { accessSchema, answerMetaSchema, phraseSchema } from './answer-parts';
import { enableTargetSchema, namespaceRowSchema, servedBySchema, workloadRowSchema } from './namespaces';

const tableValueSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent') }),
  z.object({ kind: z.literal('any') }),
  z.object({ kind: z.literal('value'), value: z.string() }),
]);

/** Who is called for every combination of labels, by the live webhooks; exactly one row is today's. */
export const truthTableSchema = z.object({
  columns: z.array(
    z.object({
      column: z.enum(['plain', 'inject-true', 'inject-false', 'revision']),
      labels: z.record(z.string(), z.string()),
    }),
  ),
  rows: z.array(
    z.object({
      injection: tableValueSchema,
      revision: tableValueSchema,
      isToday: z.boolean(),
      cells: z.array(servedBySchema.nullable()),
    }),
  ),
});
export type TruthTable = z.infer<typeof truthTableSchema>;

const gainedSchema = z.object({
  pods: z.number(),
  containers: z.number(),
  initContainers: z.number(),
  volumes: z.number(),
});

/** Which kinds injection touches, with what their pods gained, and which it never does. */
export const kindReachSchema = z.object({
  touched: z.array(
    z.object({
      kind: z.string(),
      objects: z.number(),
      pods: z.number(),
      gained: gainedSchema,
      because: phraseSchema,
    }),
  ),
  untouched: z.array(
    z.object({
      kind: z.string(),
      /** Absent where the kind may not be read, or never is (Secrets). */
      objects: z.number().exactOptional(),
      because: phraseSchema,
    }),
  ),
});
export type KindReach = z.infer<typeof kindReachSchema>;

export const namespaceAnswerSchema = z.object({
  namespace: namespaceRowSchema,
  labelsChanged: z.object({ at: z.string(), manager: z.string() }).exactOptional(),
  /** The tool that writes this namespace from somewhere else, such as `argocd-controller`. */
  managedBy: z.string().exactOptional(),
  workloads: z.array(workloadRowSchema),
  targets: z.array(enableTargetSchema),
  truthTable: truthTableSchema,
  reach: kindReachSchema,
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
