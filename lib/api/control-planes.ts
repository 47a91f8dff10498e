import { z } from 'zod';
import { answerMetaSchema, phraseSchema } from './answer-parts';

export const planeHealthSchema = z.enum(['serving', 'degraded', 'down', 'absent', 'external', 'unknown']);
export type PlaneHealth = z.infer<typeof planeHealthSchema>;

const webhookConfigurationSchema = z.object({
  name: z.string(),
  tag: z.string().exactOptional(),
  isDeactivated: z.boolean(),
  failurePolicy: z.enum(['Fail', 'Ignore']),
  target: z.string(),
  health: planeHealthSchema,
  because: phraseSchema,
  endpoints: z.number().exactOptional(),
  /** Namespaces whose ordinary pods this configuration injects. */
  namespaces: z.number(),
});

export const revisionProgressSchema = z.object({
  revision: z.string(),
  version: z.string(),
  tags: z.array(z.string()),
  health: planeHealthSchema,
  /** Pods that would be injected by this revision now. */
  wanted: z.number(),
  /** Of these, pods that run it as it is now. */
  current: z.number(),
  /** Pods that run its sidecar although another revision, or nobody, would serve them now. */
  leaving: z.number(),
});
export type RevisionProgress = z.infer<typeof revisionProgressSchema>;

export const controlPlaneSchema = z.object({
  revision: z.string(),
  tags: z.array(z.string()),
  namespace: z.string(),
  version: z.string(),
  image: z.string(),
  ready: z.number(),
  wanted: z.number(),
  deployments: z.array(z.string()),
  pods: z.array(z.object({ name: z.string(), nodeName: z.string(), isReady: z.boolean() })),
  webhookConfigurations: z.array(webhookConfigurationSchema),
  health: planeHealthSchema,
  because: phraseSchema,
  isServing: z.boolean(),
  endpoints: z.number().exactOptional(),
  proxies: z.object({ total: z.number(), byVersion: z.array(z.object({ version: z.string(), count: z.number() })) }),
  injector: z.object({ configMap: z.string(), policy: z.string(), injectsByDefault: z.boolean() }).exactOptional(),
  progress: revisionProgressSchema,
});
export type ControlPlane = z.infer<typeof controlPlaneSchema>;

/** A workload whose pods are gateways: Envoy alone, injected by a gateway template or made by a Gateway object. */
export const gatewayWorkloadSchema = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  pods: z.number(),
  ready: z.number(),
  revision: z.string(),
  version: z.string(),
});
export type GatewayWorkload = z.infer<typeof gatewayWorkloadSchema>;

export const controlPlanesAnswerSchema = z.object({
  items: z.array(controlPlaneSchema),
  gateways: z.array(gatewayWorkloadSchema),
  /** Injector ConfigMaps that could not be read or parsed. */
  injectorProblems: z.array(z.object({ configMap: z.string(), message: z.string() })),
  meta: answerMetaSchema,
});
export type ControlPlanesAnswer = z.infer<typeof controlPlanesAnswerSchema>;
