import { z } from 'zod';
import { accessSchema, answerMetaSchema, listMetaSchema, phraseSchema, stateCountsSchema } from './common';

/** Who answers the webhook for a namespace: one entry of one configuration, and the revision behind it. */
export const servedBySchema = z.object({
  configuration: z.string(),
  webhook: z.string(),
  revision: z.string(),
  tag: z.string().exactOptional(),
});

export const namespaceModeSchema = z.object({
  kind: z.enum(['sidecar', 'off', 'ambient']),
  because: phraseSchema,
  /** The label that decides, as `key=value`. */
  label: z.string().exactOptional(),
  servedBy: servedBySchema.nullable(),
  notes: z.array(phraseSchema),
});

export const problemCountSchema = z.object({ phrase: phraseSchema, severity: z.enum(['broken', 'missing', 'note']), count: z.number() });

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

export const NAMESPACE_SORTS = ['name', 'mode', 'pods', 'problems', 'workloads', 'age'] as const;
export const namespaceSortSchema = z.enum(NAMESPACE_SORTS);

export const namespacesQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  continue: z.string().exactOptional(),
  search: z.string().max(200).default(''),
  /** A column, with `-` in front for descending. */
  sort: z
    .string()
    .regex(/^-?(name|mode|pods|problems|workloads|age)$/, 'must be one of name, mode, pods, problems, workloads, age, with "-" in front for descending')
    .default('name'),
  mode: z.enum(['sidecar', 'off', 'ambient']).exactOptional(),
  revision: z.string().max(100).exactOptional(),
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
    pods: z.number(),
    causes: z.number(),
  }),
  revisions: z.array(z.string()),
  meta: answerMetaSchema,
});
export type NamespacesAnswer = z.infer<typeof namespacesAnswerSchema>;

/** What a namespace can be switched to, as the live webhooks allow. */
export const enableTargetSchema = z.object({
  label: z.string(),
  kind: z.enum(['default', 'revision', 'tag']),
  name: z.string(),
  revision: z.string(),
  configuration: z.string(),
  healthy: z.boolean(),
});
export type EnableTarget = z.infer<typeof enableTargetSchema>;

export const workloadRowSchema = z.object({
  kind: z.string(),
  apiVersion: z.string(),
  name: z.string(),
  namespace: z.string(),
  state: z.string(),
  verdict: phraseSchema,
  counts: stateCountsSchema,
  pods: z.number(),
  revision: z.string().exactOptional(),
  createdAt: z.string().exactOptional(),
  canRestart: z.boolean(),
});
export type WorkloadRow = z.infer<typeof workloadRowSchema>;

export const injectionActionSchema = z.enum(['enable', 'disable', 'unset']);
export type InjectionAction = z.infer<typeof injectionActionSchema>;

export const injectionRequestSchema = z.object({
  action: injectionActionSchema,
  revision: z.string().max(63).exactOptional(),
  resourceVersion: z.string().min(1).max(64),
  dryRun: z.boolean().exactOptional(),
});
export type InjectionRequest = z.infer<typeof injectionRequestSchema>;

const labelsSchema = z.record(z.string(), z.string());

export const injectionResultSchema = z.object({
  namespace: z.string(),
  before: labelsSchema,
  after: labelsSchema,
  resourceVersion: z.string(),
  kubectl: z.string(),
  dryRun: z.boolean(),
});
export type InjectionResult = z.infer<typeof injectionResultSchema>;

export const accessAnswerSchema = z.object({
  readOnly: z.boolean(),
  patchNamespace: accessSchema,
  restart: z.record(z.string(), accessSchema),
});
export type AccessAnswer = z.infer<typeof accessAnswerSchema>;
