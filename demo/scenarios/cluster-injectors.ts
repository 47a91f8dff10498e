import { recordAt, stringAt } from '@/demo/server/json-access';
import type { NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { type ConfigTexts, RunningInjector } from '@/demo/webhook/running-injector';
import { type ControlPlane, istiodName, revisionOf } from './control-plane';
import { injectorConfigName, meshConfigName } from './injector-config-map';

const NAMESPACE = 'istio-system';

/**
 * The injectors of the cluster's running control planes, each fed with its own ConfigMaps as the store holds them.
 *
 * Whoever changes a ConfigMap changes what is injected from then on.
 */
export class ClusterInjectors {
  readonly #store: Store;
  readonly #running = new Map<string, { readonly plane: ControlPlane; readonly injector: RunningInjector }>();

  constructor(store: Store) {
    this.#store = store;
    store.watch(({ object }) => {
      if (object.kind === 'ConfigMap' && object.metadata.namespace === NAMESPACE) this.#follow(object.metadata.name);
    });
  }

  /** The injector behind a Service of istio-system; undefined when nobody answers there. */
  of(serviceName: string): RunningInjector | undefined {
    return this.#running.get(serviceName)?.injector;
  }

  /** Starts the injector of a plane, or moves it to the plane's release. */
  run(plane: ControlPlane): void {
    const injector = this.#create(plane);
    this.#running.set(istiodName(plane), { plane, injector });
    this.#load(plane, injector);
  }

  /** Lets a plane of a former release, with the ConfigMaps that it had, answer in the place of the present one. */
  async whileRunning(former: ControlPlane, maps: readonly NewObject[], story: () => Promise<void>): Promise<void> {
    const name = istiodName(former);
    const present = this.#running.get(name);
    const injector = this.#create(former);
    injector.load(textsOf((wanted) => maps.find(({ metadata }) => metadata.name === wanted), former));
    this.#running.set(name, { plane: former, injector });
    await story();
    if (present !== undefined) this.#running.set(name, present);
  }

  #create(plane: ControlPlane): RunningInjector {
    return new RunningInjector({
      revision: revisionOf(plane),
      version: plane.version,
      kubeletVersions: () => this.#kubeletVersions(),
    });
  }

  #follow(name: string): void {
    for (const { plane, injector } of this.#running.values()) {
      if (name === injectorConfigName(plane) || name === meshConfigName(plane)) this.#load(plane, injector);
    }
  }

  // A ConfigMap that is gone leaves the former configuration in force, as a broken one does.
  #load(plane: ControlPlane, injector: RunningInjector): void {
    const read = (name: string) => this.#store.get('configmaps', { name, namespace: NAMESPACE });
    if (read(injectorConfigName(plane)) !== undefined) injector.load(textsOf(read, plane));
  }

  #kubeletVersions(): ReadonlyMap<string, string> {
    const nodes = this.#store.list('nodes');
    return new Map(nodes.map((node) => [node.metadata.name, kubeletVersionOf(node)]));
  }
}

function kubeletVersionOf(node: unknown): string {
  return stringAt(node, 'status', 'nodeInfo', 'kubeletVersion') ?? '';
}

function textsOf(read: (name: string) => NewObject | undefined, plane: ControlPlane): ConfigTexts {
  const own = recordAt(read(injectorConfigName(plane)), 'data');
  const mesh = recordAt(read(meshConfigName(plane)), 'data');
  return {
    config: stringAt(own, 'config') ?? '',
    values: stringAt(own, 'values') ?? '',
    mesh: stringAt(mesh, 'mesh') ?? '',
  };
}
