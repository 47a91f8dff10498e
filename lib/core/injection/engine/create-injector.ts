import { decodeShared } from '@/lib/core/gotemplate/schema/template-data';
import { type CompiledTemplates, compileTemplates, type TemplateFault } from './compile-templates';
import { type AdmissionInput, injectAdmission, type PodInjection } from './inject-admission';
import { type DocumentsResult, injectDocuments } from './inject-documents';
import { type InjectedWorkload, injectWorkload } from './inject-workload';
import type { InjectorSettings } from './injector-settings';
import { type JsonObject, objectAt } from './json-types';
import type { MeshConfig, ProxyConfigResource } from './mesh-config';
import type { Release } from './release';
import type { SharedData } from './run-templates';
import type { WorkloadKind } from './workload-kinds';

/** One injector: the settings of a revision and of the istiod that serves it. */
export interface InjectorInput {
  readonly settings: InjectorSettings;
  readonly meshConfig: MeshConfig;
  readonly release: Release;
  /** istiod's revision; empty or `default` for the default install. */
  readonly revision: string;
  /** The cluster's decision on native sidecars, see `decideNativeSidecars`. */
  readonly nativeSidecars: boolean;
  /** istiod's environment, as far as it shows in pods. */
  readonly istiodEnv?: Readonly<Record<string, string>>;
  readonly proxyConfigResources?: readonly ProxyConfigResource[];
}

/** An injector whose templates are parsed. */
export interface Injector {
  readonly input: InjectorInput;
  /** The webhook: one pod as the API server would send it. */
  readonly injectPod: (admission: AdmissionInput) => PodInjection;
  /** `kube-inject`: a whole file, any number of documents. */
  readonly injectDocuments: (text: string) => DocumentsResult;
  /** `kube-inject` on one object, with another decision on native sidecars; throws an `InjectionFault` where it is refused. */
  readonly injectObject: (kind: WorkloadKind, object: JsonObject, nativeSidecars: boolean) => InjectedWorkload;
}

/** What both engines share. */
export interface InjectorContext extends InjectorInput {
  readonly templates: CompiledTemplates;
  readonly shared: SharedData;
}

export type CreateResult =
  | { readonly ok: true; readonly injector: Injector }
  | { readonly ok: false; readonly faults: readonly TemplateFault[] };

/**
 * Makes an injector of a configuration; its templates are parsed here, once for all pods.
 *
 * Fails with every template that does not parse: one such rejects the whole configuration, as in istiod.
 */
export function createInjector(input: InjectorInput): CreateResult {
  const compiled = compileTemplates(input.settings.templates, input.release, input.istiodEnv ?? {});
  if (!compiled.ok) return compiled;
  const { minor } = input.release;
  const shared: SharedData = {
    values: decodeShared.values(input.settings.values),
    meshConfig: decodeShared.meshConfig(input.meshConfig, minor),
    proxyConfig: decodeShared.proxyConfig(objectAt(input.meshConfig, 'defaultConfig'), minor),
  };
  const context: InjectorContext = { ...input, templates: compiled.templates, shared };
  return {
    ok: true,
    injector: {
      input,
      injectPod: (admission) => injectAdmission(context, admission),
      injectDocuments: (text) => injectDocuments(context, text),
      injectObject: (kind, object, nativeSidecars) => injectWorkload({ ...context, nativeSidecars }, kind, object),
    },
  };
}
