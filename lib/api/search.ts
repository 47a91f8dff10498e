import { z } from 'zod';
import { podStateSchema } from './answer-parts';

export const searchQuerySchema = z.object({
  q: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type SearchQuery = z.infer<typeof searchQuerySchema>;

export const searchAnswerSchema = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      namespace: z.string().exactOptional(),
      name: z.string(),
      href: z.string(),
      state: podStateSchema.exactOptional(),
    }),
  ),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
