import type { JsonObject } from './json-object';

/** What a template adds to a pod. */
export interface TemplateResult {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly initContainers: readonly JsonObject[];
  readonly containers: readonly JsonObject[];
  readonly volumes: readonly JsonObject[];
  /** Fields set on the pod's own security context. */
  readonly podSecurityContext: JsonObject;
  /** The status annotation names the revision since 1.11. */
  readonly isRevisionNamed: boolean;
}
