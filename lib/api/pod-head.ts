import { z } from 'zod';
import { answerMetaSchema } from './answer-parts';
import { namespaceModeSchema } from './namespaces';
import { podRowSchema, verdictSchema } from './workload';

/** GET /api/v1/namespaces/{ns}/pods/{pod}: what stands above the tabs, and the tab Why. */
export const podAnswerSchema = z.object({
  pod: podRowSchema,
  namespace: z.string(),
  verdict: verdictSchema,
  mode: namespaceModeSchema,
  workload: z.object({ kind: z.string(), name: z.string(), canRestart: z.boolean() }),
  serviceAccount: z.string(),
  /** Containers whose logs can be read, init containers first. */
  containers: z.array(z.string()),
  meta: answerMetaSchema,
});
export type PodAnswer = z.infer<typeof podAnswerSchema>;

export const eventRowSchema = z.object({
  id: z.string(),
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  count: z.number(),
  lastSeen: z.string(),
  object: z.object({ kind: z.string(), name: z.string() }),
});
export type EventRow = z.infer<typeof eventRowSchema>;

/** GET …/pods/{pod}/events: of the pod and of what made it, newest first. */
export const podEventsAnswerSchema = z.object({ items: z.array(eventRowSchema) });
export type PodEventsAnswer = z.infer<typeof podEventsAnswerSchema>;

export const podLogsQuerySchema = z.object({
  container: z.string().min(1).max(253),
  tail: z.coerce.number().int().min(1).max(5000).default(500),
  previous: z.enum(['true', 'false']).default('false'),
});

/** GET …/pods/{pod}/logs: the last lines, oldest first. */
export const podLogsAnswerSchema = z.object({ container: z.string(), lines: z.array(z.string()) });
export type PodLogsAnswer = z.infer<typeof podLogsAnswerSchema>;
