import { z } from 'zod';
import { accessSchema, phraseSchema } from './answer-parts';

/** GET …/confirm: whether the cluster can be asked. */
export const confirmAccessSchema = z.object({ isReadOnly: z.boolean(), access: accessSchema });
export type ConfirmAccess = z.infer<typeof confirmAccessSchema>;

/** POST …/confirm: the pod is built on the server, so there is nothing to say. */
export const confirmRequestSchema = z.strictObject({});

const differenceSchema = z.object({
  /** As in `spec.containers[istio-proxy].env[POD_NAME]`. */
  path: z.string(),
  /** `order`: both have the same items in another order. */
  kind: z.enum(['value', 'order']),
  /** Absent where that side has nothing there. */
  engine: z.string().exactOptional(),
  cluster: z.string().exactOptional(),
  /** `beside`: the injector does not write there, so it comes from another webhook or plug-in. */
  part: z.enum(['injection', 'beside']),
});
export type ConfirmDifference = z.infer<typeof differenceSchema>;

export const confirmAnswerSchema = z.object({
  namespace: z.string(),
  outcome: z.enum([
    'same',
    'same-untouched',
    'same-injection',
    'same-refusal',
    'differs',
    /** The webhook did not answer and may be skipped, so the pod came as it was sent. */
    'passed-open',
    'cluster-refuses',
    'engine-refuses',
    'refused-beside',
    'unreachable',
    /** Nobody refuses it, and yet the cluster could not make it. */
    'cluster-fails',
    'no-dry-run',
    'no-engine',
  ]),
  differences: z.array(differenceSchema),
  /** What the API server fills in for every pod, each place with the reason. */
  setAside: z.array(z.object({ path: z.string(), value: z.string(), because: phraseSchema })),
  /** Why the cluster refuses it, or what failed. */
  clusterRefusal: z.object({ because: phraseSchema, message: z.string() }).exactOptional(),
  engineRefusals: z.array(z.object({ because: phraseSchema, text: z.string() })),
  /** Why the engine injects, or does not. */
  because: phraseSchema,
  /** The revision that serves the namespace; absent where no webhook is called. */
  revision: z.string().exactOptional(),
  notes: z.array(phraseSchema),
  /** The pod that was sent, as YAML, and the line that sends it. */
  sent: z.string(),
  kubectl: z.string(),
});
export type ConfirmAnswer = z.infer<typeof confirmAnswerSchema>;
