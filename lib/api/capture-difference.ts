import { z } from 'zod';

/** `defaults`: what a pod gets when nobody asks for anything; else the name of a pod of the same namespace. */
export const captureDifferenceQuerySchema = z.object({ with: z.string().min(1).max(253) });

/** GET …/pods/{pod}/capture/difference: where the rules are not those of another pod, or of a pod with no settings of its own. */
export const captureDifferenceAnswerSchema = z.object({
  families: z.array(
    z.object({
      family: z.enum(['ipv4', 'ipv6']),
      /** Only chains that differ, each with all its rules; `added` stands in this pod alone. */
      chains: z.array(
        z.object({
          table: z.string(),
          chain: z.string(),
          lines: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
        }),
      ),
    }),
  ),
  /** Settings that are not the same; empty text is none. */
  settings: z.array(z.object({ key: z.string(), mine: z.string(), other: z.string() })),
});
export type CaptureDifferenceAnswer = z.infer<typeof captureDifferenceAnswerSchema>;
