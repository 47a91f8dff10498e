import { z } from 'zod';

export const clustersAnswerSchema = z.object({
  current: z.string(),
  isReadOnly: z.boolean(),
  contexts: z.array(z.object({ name: z.string(), cluster: z.string(), user: z.string(), namespace: z.string() })),
});
export type ClustersAnswer = z.infer<typeof clustersAnswerSchema>;
