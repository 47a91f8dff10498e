import { z } from 'zod';
import { phraseSchema } from './answer-parts';

/** A packet whole, as the rules saw it. */
const packetSchema = z.object({
  direction: z.enum(['in', 'out']),
  protocol: z.enum(['tcp', 'udp']),
  source: z.string(),
  sourcePort: z.number().exactOptional(),
  destination: z.string(),
  destinationPort: z.number(),
  inInterface: z.string(),
  outInterface: z.string(),
  owner: z.object({ uid: z.number(), gid: z.number() }).exactOptional(),
  mark: z.number(),
  state: z.enum(['NEW', 'ESTABLISHED', 'RELATED', 'INVALID']),
});

/** POST …/pods/{pod}/trace: one imagined packet through the pod's rules, and the connections that the proxy opens because of it. */
export const traceAnswerSchema = z.object({
  family: z.enum(['ipv4', 'ipv6']),
  packet: packetSchema,
  answer: z.object({
    kind: z.enum(['proxy', 'agent', 'direct', 'leaves', 'dropped', 'forwarded', 'unknown']),
    says: phraseSchema,
    /** The rule that settled it. */
    rule: z.object({ id: z.string(), text: z.string(), meaning: phraseSchema }).exactOptional(),
    /** The setting behind that rule, by its key in the Capture answer's `settings`. */
    setting: z.string().exactOptional(),
  }),
  /** Every rule that was asked about the packet itself, table by table; `failed` is the first condition that does not hold. */
  visits: z.array(
    z.object({
      hook: z.string(),
      table: z.string(),
      /** Why nat was not asked. */
      skipped: z.enum(['not-new', 'settled']).exactOptional(),
      tests: z.array(
        z.object({
          id: z.string(),
          chain: z.string(),
          text: z.string(),
          answer: z.enum(['yes', 'no', 'unknown']),
          failed: z.string().exactOptional(),
        }),
      ),
    }),
  ),
  /** Where it was sent to, if a rule changed that; the receiver can still read it. */
  originalDestination: z.object({ address: z.string(), port: z.number() }).exactOptional(),
  /** In the order they happen; `ids` are parts of the capture map. */
  steps: z.array(
    z.object({ id: z.string(), ids: z.array(z.string()), chain: z.string().exactOptional(), says: phraseSchema }),
  ),
  /** What the proxy does next, each with the packet it sends. */
  legs: z.array(packetSchema),
  /** The service that the destination stands for. */
  service: z.object({ namespace: z.string(), name: z.string(), endpoint: z.string().exactOptional() }).exactOptional(),
});
export type TraceAnswer = z.infer<typeof traceAnswerSchema>;
