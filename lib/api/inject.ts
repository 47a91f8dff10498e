import { z } from 'zod';
import { answerMetaSchema, phraseSchema } from './answer-parts';
import { podDiffAnswerSchema } from './pod-diff';

/** Of all manifests together, as UTF-8. */
export const MOST_MANIFEST_BYTES = 10 * 1024 * 1024;

export const injectEngineSchema = z.enum(['webhook', 'kube-inject']);
export type InjectEngine = z.infer<typeof injectEngineSchema>;

const namespaceNameSchema = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'must be a namespace name');

const revisionNameSchema = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'must be a revision');

export const injectorChoiceSchema = z.discriminatedUnion('kind', [
  /** An injector of the cluster. */
  z.strictObject({ kind: z.literal('revision'), revision: revisionNameSchema }),
  /** `configMap`: the whole ConfigMap, or its key `config`; `values` where it holds none; `mesh`: ConfigMap `istio` or its key. */
  z.strictObject({
    kind: z.literal('upload'),
    configMap: z.string(),
    values: z.string().exactOptional(),
    mesh: z.string().exactOptional(),
  }),
]);
export type InjectorChoice = z.infer<typeof injectorChoiceSchema>;

/** POST /inject. Any number of YAML documents or Lists in `manifests`. */
export const injectRequestSchema = z.strictObject({
  manifests: z.string(),
  injector: injectorChoiceSchema,
  engine: injectEngineSchema,
  /** For objects that name none. */
  namespace: namespaceNameSchema,
  /** Turns the decision of the cluster. */
  nativeSidecars: z.boolean().exactOptional(),
});
export type InjectRequest = z.infer<typeof injectRequestSchema>;

const refusalReasonSchema = z.object({
  phrase: phraseSchema,
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The words of the real program. */
  text: z.string(),
  /** In the file, both counted from 1. */
  line: z.number(),
  column: z.number().exactOptional(),
});
export type RefusalReason = z.infer<typeof refusalReasonSchema>;

/** A part that injection touched: which stage made it what it is, what that read, and where it stands. */
export const injectedPartSchema = z.object({
  /** As in `spec.containers[istio-proxy].env[POD_NAME]`. */
  path: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  /** The template, the person's own container, or the step of post-processing. */
  origin: phraseSchema,
  /** Annotations of the pod and paths in the injector's values that shape it; found for the first objects of a file only. */
  annotations: z.array(z.string()),
  values: z.array(z.string()),
  /** In the YAML of the pod after injection, counted from 1, both included; absent for what was removed. */
  lines: z.object({ first: z.number(), last: z.number() }).exactOptional(),
});
export type InjectedPart = z.infer<typeof injectedPartSchema>;

const injectedObjectSchema = z.object({
  /** Of its document in the file, and the line where that begins. */
  number: z.number(),
  line: z.number(),
  /** Empty where the document cannot be read that far. */
  objectKind: z.string(),
  name: z.string(),
  namespace: z.string(),
  outcome: z.enum(['injected', 'skipped', 'refused', 'passed']),
  templates: z.array(z.string()),
  because: phraseSchema.exactOptional(),
  reasons: z.array(refusalReasonSchema),
  warnings: z.array(phraseSchema),
  /** The pod as written and as it would run; the first 50 injected objects have it. */
  comparison: podDiffAnswerSchema.exactOptional(),
  parts: z.array(injectedPartSchema).exactOptional(),
});
export type InjectedObject = z.infer<typeof injectedObjectSchema>;

/** What the injector and the engine made of the manifests. */
export const injectAnswerSchema = z.object({
  objects: z.array(injectedObjectSchema),
  /** The whole file; the webhook engine leaves out what is refused, kube-inject stops there. */
  output: z.string(),
  /** Lines that kube-inject writes to its error stream. */
  notices: z.array(z.string()),
  injector: z.object({
    revision: z.string(),
    /** Istio's release, `1.24`. */
    release: z.string(),
    nativeSidecars: z.boolean(),
    /** Why the configuration of now could not be used; the last good one was. */
    problem: z.string().exactOptional(),
  }),
});
export type InjectAnswer = z.infer<typeof injectAnswerSchema>;

export const offeredInjectorSchema = z.object({
  revision: z.string(),
  tags: z.array(z.string()),
  namespace: z.string(),
  release: z.string(),
  nativeSidecars: z.boolean(),
  /** `usable`; `previous`: what stands in the cluster does not parse, and the last good configuration is used. */
  state: z.enum(['usable', 'previous', 'unusable']),
  /** Why not, in the words of whatever refused it. */
  problem: z
    .object({ code: z.enum(['not-found', 'forbidden', 'invalid', 'failed']), message: z.string() })
    .exactOptional(),
});
export type OfferedInjector = z.infer<typeof offeredInjectorSchema>;

/** GET /injectors: the revisions whose injector can be chosen. */
export const injectorsAnswerSchema = z.object({ items: z.array(offeredInjectorSchema), meta: answerMetaSchema });
export type InjectorsAnswer = z.infer<typeof injectorsAnswerSchema>;
