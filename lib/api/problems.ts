import { z } from 'zod';
import { answerMetaSchema, listMetaSchema, phraseSchema } from './answer-parts';
import { continueSchema, sortSchema } from './list-query';
import { severitySchema } from './namespaces';
import { remedySchema } from './workload';

const PROBLEM_SORTS = ['severity', 'cause', 'kind', 'namespace', 'name', 'pods'] as const;

export const problemsQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  continue: continueSchema,
  /** Looks into causes, kinds, namespaces and names. */
  search: z.string().max(200).default(''),
  sort: sortSchema(PROBLEM_SORTS, 'severity'),
  severity: severitySchema.exactOptional(),
  namespace: z.string().max(63).exactOptional(),
  cause: z.string().max(100).exactOptional(),
  /** A file with everything that matches, in the reader's language; `limit` and `continue` do not count then. */
  format: z.enum(['csv', 'json']).exactOptional(),
});
export type ProblemsQuery = z.infer<typeof problemsQuerySchema>;

/** One object that suffers from one cause. */
export const problemRowSchema = z.object({
  cause: z.string(),
  severity: severitySchema,
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  because: phraseSchema,
  /** Pods of the object that the cause concerns; 0 where it is about the object itself. */
  pods: z.number(),
  /** What to do about it, the nearest step first; `kubectl` where one line does it. */
  remedies: z.array(remedySchema.extend({ kubectl: z.string().exactOptional() })),
});
export type ProblemRow = z.infer<typeof problemRowSchema>;

export const problemGroupSchema = z.object({
  cause: z.string(),
  severity: severitySchema,
  title: phraseSchema,
  pods: z.number(),
  objects: z.number(),
  namespaces: z.number(),
  remedies: z.array(remedySchema),
});
export type ProblemGroup = z.infer<typeof problemGroupSchema>;

const countsSchema = z.object({ error: z.number(), warning: z.number(), notice: z.number() });

export const problemsAnswerSchema = z.object({
  /** By cause, worst first, of the rows that match; those of a chosen `cause` stand beside the others. */
  groups: z.array(problemGroupSchema),
  items: z.array(problemRowSchema),
  list: listMetaSchema,
  /** Over everything, whatever is searched and filtered. */
  summary: z.object({
    causes: z.number(),
    /** Objects that at least one cause concerns. */
    objects: z.number(),
    pods: z.number(),
    severities: countsSchema,
    /** Namespaces with a problem, by name. */
    namespaces: z.array(z.string()),
  }),
  /** What was looked at, so that an empty list can be believed. */
  checked: z.object({
    namespaces: z.number(),
    workloads: z.number(),
    pods: z.number(),
    controlPlanes: z.number(),
    /** Absent where they may not be read. */
    webhookConfigurations: z.number().exactOptional(),
  }),
  meta: answerMetaSchema,
});
export type ProblemsAnswer = z.infer<typeof problemsAnswerSchema>;
