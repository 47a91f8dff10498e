import { z } from 'zod';
import { phraseSchema } from './answer-parts';

export const listeningProcessSchema = z.enum(['application', 'envoy', 'pilot-agent', 'ztunnel', 'istiod']);
export type ListeningProcess = z.infer<typeof listeningProcessSchema>;

/** One listening port of a pod, as it is after injection. */
export const portRowSchema = z.object({
  id: z.string(),
  port: z.number(),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']),
  process: listeningProcessSchema,
  container: z.string(),
  /** Empty where the application decides. */
  bind: z.string(),
  reach: z.enum(['wildcard', 'loopback', 'unknown']),
  name: z.string().exactOptional(),
  /** Of an init container that is gone before the application starts. */
  endsEarly: z.literal(true).exactOptional(),
  known: z.enum(['declared', 'implied', 'probe', 'metrics']),
  isAdded: z.boolean(),
  purpose: phraseSchema,
  /** What the capture rules do with a packet from outside; absent where no rules can be told. */
  inbound: z
    .object({
      kind: z.enum(['captured', 'skipped', 'untouched', 'unknown']),
      toPort: z.number().exactOptional(),
      ruleText: z.string().exactOptional(),
    })
    .exactOptional(),
  clashes: z.array(z.object({ kind: z.string(), because: phraseSchema })),
  probes: z.array(
    z.object({
      container: z.string(),
      probe: z.string(),
      request: z.string(),
      from: z.enum(['kubelet', 'pilot-agent']),
      target: z.number().exactOptional(),
    }),
  ),
  notes: z.array(phraseSchema),
});
export type PortRow = z.infer<typeof portRowSchema>;

/** GET …/pods/{pod}/ports. */
export const podPortsAnswerSchema = z.object({
  items: z.array(portRowSchema),
  /** Why the column "inbound capture" is empty, where it is. */
  capture: phraseSchema,
});
export type PodPortsAnswer = z.infer<typeof podPortsAnswerSchema>;

const stationSchema = z.enum(['application', 'envoy', 'pilot-agent', 'ztunnel', 'istiod', 'api-server']);
export type ChainStation = z.infer<typeof stationSchema>;

export const podProcessSchema = z.object({
  id: z.string(),
  process: listeningProcessSchema,
  container: z.string(),
  command: z.string(),
  args: z.array(z.string()),
  uid: z.number().exactOptional(),
  gid: z.number().exactOptional(),
  /** Empty where all are dropped, absent where the runtime's default holds. */
  capabilities: z.array(z.string()).exactOptional(),
  role: phraseSchema,
  listensOn: z.array(z.string()),
  talksTo: z.array(z.object({ address: z.string(), because: phraseSchema })),
});
export type PodProcess = z.infer<typeof podProcessSchema>;

/** GET …/pods/{pod}/processes. */
export const podProcessesAnswerSchema = z.object({
  kind: z.enum(['sidecar', 'gateway', 'waypoint', 'grpc-agent', 'ambient', 'none']),
  verdict: phraseSchema,
  processes: z.array(podProcessSchema),
  chain: z.array(stationSchema),
  links: z.array(z.object({ from: stationSchema, to: stationSchema, because: phraseSchema })),
});
export type PodProcessesAnswer = z.infer<typeof podProcessesAnswerSchema>;
