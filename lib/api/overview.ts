import { z } from 'zod';
import { answerMetaSchema, phraseSchema, podStateSchema, stateCountsSchema } from './answer-parts';
import { revisionProgressSchema } from './control-planes';
import { severitySchema } from './namespaces';
import { remedySchema } from './workload';

const objectSchema = z.object({ kind: z.string(), namespace: z.string(), name: z.string() });

/** Everything that suffers from one cause; `objects` holds the first ones, `objectCount` says how many there are. */
export const problemSchema = z.object({
  cause: z.string(),
  severity: severitySchema,
  title: phraseSchema,
  pods: z.number(),
  objects: z.array(objectSchema.extend({ because: phraseSchema, pods: z.number() })),
  objectCount: z.number(),
  remedies: z.array(remedySchema),
});
export type Problem = z.infer<typeof problemSchema>;

export const recentChangeSchema = z.object({
  at: z.string(),
  kind: z.enum(['label', 'rollout', 'injection', 'failure']),
  object: objectSchema,
  because: phraseSchema,
});
export type RecentChange = z.infer<typeof recentChangeSchema>;

export const overviewAnswerSchema = z.object({
  counts: stateCountsSchema,
  numbers: z.object({
    injected: z.number(),
    missing: z.number(),
    outdated: z.number(),
    refused: z.number(),
    controlPlanes: z.number(),
  }),
  bar: z.array(z.object({ state: podStateSchema, count: z.number(), share: z.number() })),
  causes: z.array(problemSchema),
  causeCount: z.number(),
  progress: z.array(revisionProgressSchema),
  namespaces: z.object({ total: z.number(), injecting: z.number(), off: z.number(), ambient: z.number() }),
  recent: z.array(recentChangeSchema),
  cluster: z.object({ name: z.string(), server: z.string() }),
  meta: answerMetaSchema,
});
export type OverviewAnswer = z.infer<typeof overviewAnswerSchema>;
