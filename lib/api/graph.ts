import { z } from 'zod';
import { answerMetaSchema, phraseSchema, podStateSchema, stateCountsSchema } from './answer-parts';

const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

const nodeStateSchema = z.union([podStateSchema, z.enum(['broken', 'none'])]);

const objectRefSchema = z.object({ kind: z.string(), namespace: z.string(), name: z.string() });

const factSchema = z.object({
  name: z.enum(['class', 'hosts', 'labels', 'ports', 'selector', 'type', 'services', 'workloads', 'gateways']),
  values: list(z.string()),
});

const meshNodeSchema = z.object({
  /** `namespace/kind/name`. */
  id: z.string(),
  kind: z.enum(['gateway', 'service', 'workload', 'external', 'host', 'absent', 'namespace']),
  namespace: z.string(),
  name: z.string(),
  objectKind: z.string(),
  state: nodeStateSchema,
  because: phraseSchema.exactOptional(),
  counts: stateCountsSchema.exactOptional(),
  versions: list(z.string()),
  subtitle: phraseSchema,
  isOutside: z.boolean(),
  facts: list(factSchema),
  problems: list(phraseSchema),
});

const edgeRouteSchema = z.object({
  hosts: list(z.string()),
  paths: list(z.string()),
  weight: z.number().exactOptional(),
  subset: z.string().exactOptional(),
  port: z.string().exactOptional(),
  protocol: z.string(),
});

const meshEdgeSchema = z.object({
  id: z.string(),
  source: z.string(),
  target: z.string(),
  kind: z.enum(['selects', 'routes', 'serves']),
  reason: phraseSchema,
  from: list(objectRefSchema),
  routes: list(edgeRouteSchema),
  isUnrouted: z.boolean(),
  problems: list(phraseSchema),
  count: z.number(),
});

export const graphQuerySchema = z.object({
  /** Names parted by commas; empty for all. */
  namespaces: z.string().max(20_000).default(''),
});

export const graphAnswerSchema = z.object({
  /** Every namespace that can be chosen. */
  namespaces: list(z.string()),
  /** Those that were asked for and exist; empty for all. */
  chosen: list(z.string()),
  /** Asked for, and not there. */
  unknown: list(z.string()),
  /** One node per namespace, since the objects are too many to draw. */
  isCollapsed: z.boolean(),
  /** Objects before that. */
  objects: z.number(),
  graph: z.object({
    nodes: list(meshNodeSchema),
    edges: list(meshEdgeSchema),
    boxes: list(z.object({ id: z.string(), isOutside: z.boolean() })),
  }),
  meta: answerMetaSchema,
});
export type GraphAnswer = z.infer<typeof graphAnswerSchema>;
