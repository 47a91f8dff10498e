import type { Injector } from '@/lib/core/injection/engine/create-injector';
import type { AdmissionInput, PodInjection } from '@/lib/core/injection/engine/inject-admission';
import { objectAt, textAt } from '@/lib/core/injection/engine/json-types';
import { decideNativeSidecars } from '@/lib/core/injection/engine/native-sidecars';
import { clusterOf } from '@/lib/core/injection/engine/sidecar-identity';
import { openInjector } from '@/lib/core/injection/open-injector';

/** What an istiod calls the cluster that it runs in; empty stands for it too. */
const OWN_CLUSTER: ReadonlySet<string> = new Set(['Kubernetes', '']);

/** The texts of an injector's ConfigMaps. */
export interface ConfigTexts {
  /** Key `config` of the injector's own. */
  readonly config: string;
  /** Key `values` of it. */
  readonly values: string;
  /** Key `mesh` of the mesh's. */
  readonly mesh: string;
}

export interface RunningInjectorSettings {
  /** `default` or the value of `istio.io/rev`. */
  readonly revision: string;
  /** The release that its istiod runs. */
  readonly version: string;
  /** Kubelet versions of the cluster's nodes by name, as they are now. */
  readonly kubeletVersions: () => ReadonlyMap<string, string>;
}

/**
 * The injector of one running istiod: it takes configurations as they come, and a broken one leaves the former in force.
 *
 * Templates are parsed once per configuration.
 */
export class RunningInjector {
  readonly #settings: RunningInjectorSettings;
  #injector: Injector | undefined;
  #fault: string | undefined;
  #generation = 0;
  #texts: ConfigTexts | undefined;

  constructor(settings: RunningInjectorSettings) {
    this.#settings = settings;
  }

  /** Why the last configuration was not taken; undefined while it is in force. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Grows with every configuration that is taken. */
  get generation(): number {
    return this.#generation;
  }

  load(texts: ConfigTexts): void {
    const former = this.#texts;
    this.#texts = texts;
    const isSame = former?.config === texts.config && former.values === texts.values && former.mesh === texts.mesh;
    if (isSame) return;
    const { revision, version } = this.#settings;
    const opened = openInjector({ ...texts, revision, version, nativeSidecars: false, engine: 'webhook' });
    if (opened.ok) {
      this.#injector = opened.value;
      this.#generation += 1;
    }
    this.#fault = opened.ok ? undefined : opened.message;
  }

  /** What this injector makes of a pod; undefined while it never had a configuration that it could read. */
  injectPod(admission: AdmissionInput): PodInjection | undefined {
    const injector = this.#injector;
    return injector?.injectPod({ ...admission, nativeSidecars: this.#isNative(injector, admission) });
  }

  // A cluster that this istiod does not know has no nodes that would allow it.
  #isNative({ input }: Injector, { pod, path = '' }: AdmissionInput): boolean {
    if (!OWN_CLUSTER.has(clusterOf(input.settings.values, path))) return false;
    const versions = this.#settings.kubeletVersions();
    const ownNodeVersion = versions.get(textAt(objectAt(pod, 'spec'), 'nodeName'));
    const kubeletVersions = [...versions.values()];
    return decideNativeSidecars(
      { kubeletVersions, ...(ownNodeVersion === undefined ? {} : { ownNodeVersion }) },
      input.release,
    );
  }
}
