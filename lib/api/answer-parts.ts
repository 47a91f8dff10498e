import { z } from 'zod';

/** A sentence by reference; see lib/core/phrase.ts. */
export const phraseSchema = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
});

/** The states of a pod, the same words on every screen; `unknown` where what decides it cannot be read. */
export const podStateSchema = z.enum([
  'injected',
  'outdated',
  'not-injected',
  'missing',
  'refused',
  'ambient',
  'unknown',
]);

/** How many pods are in each state. `total` is their sum. */
export const stateCountsSchema = z.object({
  injected: z.number(),
  outdated: z.number(),
  'not-injected': z.number(),
  missing: z.number(),
  refused: z.number(),
  ambient: z.number(),
  unknown: z.number(),
  total: z.number(),
});

/** A part of the cluster that could not be read, and the right that would open it. */
export const missingPartSchema = z.object({
  resource: z.string(),
  reason: z.enum(['forbidden', 'absent', 'unreachable']),
  right: z.string(),
  /** The namespaces in which it can be read nevertheless. */
  namespaces: z.array(z.string()).exactOptional(),
});
export type MissingPart = z.infer<typeof missingPartSchema>;

/** Nobody answers, the user is refused, the API server's certificate is, or it answers with errors. */
export const connectionProblemSchema = z.enum(['unreachable', 'unauthorized', 'untrusted', 'failing']);
export type ConnectionProblem = z.infer<typeof connectionProblemSchema>;

/** Stands with every answer that was decided from the snapshot. */
export const answerMetaSchema = z.object({
  cluster: z.string(),
  status: z.enum(['syncing', 'live', 'stale']),
  staleSince: z.string().exactOptional(),
  /** Why it is not live, where that is known. */
  problem: connectionProblemSchema.exactOptional(),
  version: z.number(),
  missing: z.array(missingPartSchema),
});
export type AnswerMeta = z.infer<typeof answerMetaSchema>;

/** Part of every list: `total` matches the search, `all` counts without it. */
export const listMetaSchema = z.object({ total: z.number(), all: z.number(), continue: z.string().exactOptional() });

export const errorAnswerSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().exactOptional() }),
});
export type ErrorAnswer = z.infer<typeof errorAnswerSchema>;

/** One right of the user on one object, as the API server answered. */
export const accessSchema = z.object({ allowed: z.boolean(), right: z.string(), reason: z.string().exactOptional() });
export type Access = z.infer<typeof accessSchema>;
