import { z } from 'zod';
import { answerMetaSchema, listMetaSchema, phraseSchema, podStateSchema, stateCountsSchema } from './answer-parts';
import { continueSchema, sortSchema } from './list-query';
import { WORKLOAD_SORTS } from './sort-workloads';

/** Who answers the webhook: one entry of one configuration, and the revision behind it. */
export const servedBySchema = z.object({
  configuration: z.string(),
  webhook: z.string(),
  revision: z.string(),
  tag: z.string().exactOptional(),
});

/** What becomes of an ordinary pod that is created in the namespace now. */
export const namespaceModeSchema = z.object({
  kind: z.enum(['sidecar', 'off', 'ambient', 'unknown']),
  because: phraseSchema,
  /** The label that decides, as `key=value`; empty when none does. */
  label: z.string(),
  servedBy: servedBySchema.nullable(),
  notes: z.array(phraseSchema),
});
export type NamespaceMode = z.infer<typeof namespaceModeSchema>;

export const severitySchema = z.enum(['error', 'warning', 'notice']);

/** What a namespace can be switched to, as the live webhooks allow. */
export const enableTargetSchema = z.object({
  /** What the action sends as `revision`; absent for `istio-injection=enabled`. */
  revision: z.string().exactOptional(),
  key: z.string(),
  value: z.string(),
  servedBy: servedBySchema,
});
export type EnableTarget = z.infer<typeof enableTargetSchema>;

/** One cause within a namespace: how many pods it concerns (0 where it is about the namespace itself). */
const problemCountSchema = z.object({
  cause: z.string(),
  severity: severitySchema,
  title: phraseSchema,
  pods: z.number(),
});

export const namespaceRowSchema = z.object({
  name: z.string(),
  resourceVersion: z.string(),
  createdAt: z.string(),
  phase: z.string(),
  labels: z.record(z.string(), z.string()),
  mode: namespaceModeSchema,
  counts: stateCountsSchema,
  problems: z.array(problemCountSchema),
  workloads: z.number(),
});
export type NamespaceRow = z.infer<typeof namespaceRowSchema>;

const NAMESPACE_SORTS = ['name', 'mode', 'pods', 'problems', 'workloads', 'age'] as const;

export const namespacesQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  continue: continueSchema,
  search: z.string().max(200).default(''),
  sort: sortSchema(NAMESPACE_SORTS, 'name'),
  mode: z.enum(['sidecar', 'off', 'ambient', 'unknown']).exactOptional(),
  revision: z.string().max(100).exactOptional(),
  /** Only namespaces with a pod in this state. */
  state: podStateSchema.exactOptional(),
  problems: z.enum(['true', 'false']).default('false'),
});
export type NamespacesQuery = z.infer<typeof namespacesQuerySchema>;

export const namespacesAnswerSchema = z.object({
  items: z.array(namespaceRowSchema),
  list: listMetaSchema,
  summary: z.object({
    injecting: z.number(),
    namespaces: z.number(),
    controlPlanes: z.number(),
    podsAstray: z.number(),
    /** Pods of which nobody can tell, since what decides may not be read. */
    podsUnknown: z.number(),
    pods: z.number(),
    causes: z.number(),
  }),
  /** Revisions that serve at least one namespace, for the filter. */
  revisions: z.array(z.string()),
  meta: answerMetaSchema,
});
export type NamespacesAnswer = z.infer<typeof namespacesAnswerSchema>;

export const workloadRowSchema = z.object({
  kind: z.string(),
  apiVersion: z.string(),
  name: z.string(),
  namespace: z.string(),
  createdAt: z.string(),
  state: podStateSchema,
  because: phraseSchema,
  counts: stateCountsSchema,
  /** Pods as they should be, of `counts.total` that are wanted. */
  asWanted: z.number(),
  revisions: z.array(z.string()),
  canRestart: z.boolean(),
  /** How far its last rollout came; absent for kinds that have none. */
  rollout: z
    .object({
      replicas: z.number(),
      updated: z.number(),
      ready: z.number(),
      /** Of the workload as written; `isObserved` once its controller has seen it. */
      generation: z.number(),
      isObserved: z.boolean(),
    })
    .exactOptional(),
});
export type WorkloadRow = z.infer<typeof workloadRowSchema>;

export const workloadsQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  continue: continueSchema,
  search: z.string().max(200).default(''),
  sort: sortSchema(WORKLOAD_SORTS, 'name'),
  state: podStateSchema.exactOptional(),
});
export type WorkloadsQuery = z.infer<typeof workloadsQuerySchema>;

export const workloadsAnswerSchema = z.object({
  items: z.array(workloadRowSchema),
  list: listMetaSchema,
  meta: answerMetaSchema,
});
export type WorkloadsAnswer = z.infer<typeof workloadsAnswerSchema>;
