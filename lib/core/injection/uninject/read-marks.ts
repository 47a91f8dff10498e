import {
  fieldOf,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  objectsAt,
  textAt,
  textsOf,
} from '@/lib/core/injection/engine/json-types';
import { readVersion } from '@/lib/core/injection/engine/release';
import { PROXY_CONTAINER, STATUS_ANNOTATION, VALIDATION_CONTAINER } from '@/lib/core/kube/names';
import { OVERRIDES_ANNOTATION, PROBERS_ENV, TEMPLATES_ANNOTATION } from '@/lib/core/pod/pod-names.data';
import { readSentFields, type SentFields } from './read-sent-fields';
import { TEMPLATE_CONTAINERS, TEMPLATE_VOLUMES } from './template-traces.data';

/** Volumes that an author asks the template for. */
const USER_VOLUMES = 'sidecar.istio.io/userVolume';

export type ContainerList = 'containers' | 'initContainers';
export const CONTAINER_LISTS: readonly ContainerList[] = ['containers', 'initContainers'];

/** What an injected pod tells of its injection. */
export interface InjectionMarks {
  /** Names that a template brought. */
  readonly containers: ReadonlySet<string>;
  readonly initContainers: ReadonlySet<string>;
  readonly volumes: ReadonlySet<string>;
  readonly imagePullSecrets: ReadonlySet<string>;
  /** The names come from what injection is known to bring: the pod has no status annotation that can be read. */
  readonly isDeduced: boolean;
  /** Which pull secrets a template brought is known neither from the status nor from a configuration. */
  readonly hasOpenSecrets: boolean;
  /** The author's own containers under a template's name, as they were sent. */
  readonly overrides: Readonly<Record<ContainerList, readonly JsonObject[]>>;
  /** The templates that the pod asks for; empty where it takes the default. */
  readonly templates: readonly string[];
  readonly sidecar?: JsonObject;
  /** Values of the sidecar's environment. */
  readonly env: ReadonlyMap<string, string>;
  /** Probes and hooks as they were, by the path at which the agent asks them. */
  readonly probers: JsonObject;
  readonly hasCni: boolean;
  /** 24 for 1.24, by the sidecar's image; undefined where its tag names none. */
  readonly minor?: number;
  readonly sent?: SentFields;
}

/**
 * Reads what injection left in a pod.
 *
 * Input: metadata and spec, of a pod or of a template; what the templates are known to bring, for a pod that lost its status annotation.
 * Output: undefined for a pod that was not injected; a proxy that its author or a gateway's controller wrote is none.
 * Source: Istio, pkg/kube/inject/webhook.go, SidecarInjectionStatus, podOverrides.
 */
export function readMarks(pod: JsonObject, hints?: TemplateNames): InjectionMarks | undefined {
  const metadata = objectAt(pod, 'metadata');
  const spec = objectAt(pod, 'spec');
  const annotations = textsOf(metadata.annotations);
  const status = parseJson(annotations[STATUS_ANNOTATION]);
  const overridden = annotations[OVERRIDES_ANNOTATION] !== undefined;
  const deduced = isObject(status) ? readStatus(status) : deduceNames(metadata, spec, overridden);
  const isHinted = deduced?.isDeduced === true && hints !== undefined;
  const names = isHinted ? { ...hints, isDeduced: true, hasOpenSecrets: false } : deduced;
  if (names === undefined) return undefined;
  const overrides = parseJson(annotations[OVERRIDES_ANNOTATION]);
  const sidecar = [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')].find(
    (container) => textAt(container, 'name') === PROXY_CONTAINER,
  );
  const env = readEnv(sidecar);
  const probers = parseJson(env.get(PROBERS_ENV));
  const sent = readSentFields(metadata);
  const minor = readMinor(sidecar);
  return {
    ...names,
    overrides: {
      containers: named(objectsAt(overrides, 'containers')),
      initContainers: named(objectsAt(overrides, 'initContainers')),
    },
    templates: splitNames(annotations[TEMPLATES_ANNOTATION]),
    ...(sidecar === undefined ? {} : { sidecar }),
    env,
    probers: isObject(probers) ? probers : {},
    hasCni:
      names.initContainers.has(VALIDATION_CONTAINER) || hasCniNetwork(annotations) || hasBareCni(annotations, env),
    ...(minor === undefined ? {} : { minor }),
    ...(sent === undefined ? {} : { sent }),
  };
}

/** The names of everything that templates bring. */
export type TemplateNames = Pick<InjectionMarks, 'containers' | 'initContainers' | 'volumes' | 'imagePullSecrets'>;
type Names = TemplateNames & Pick<InjectionMarks, 'isDeduced' | 'hasOpenSecrets'>;

function readStatus(status: JsonObject): Names {
  const names = (key: string) => new Set(listAt(status, key).filter((name) => typeof name === 'string'));
  return {
    containers: names('containers'),
    initContainers: names('initContainers'),
    volumes: names('volumes'),
    imagePullSecrets: names('imagePullSecrets'),
    isDeduced: false,
    hasOpenSecrets: false,
  };
}

/** What a template brought, by name, as the status annotation would list it. */
export function namesOfTemplate(templatePod: JsonObject): TemplateNames {
  const spec = objectAt(templatePod, 'spec');
  const names = (list: string) => new Set(objectsAt(spec, list).map((item) => textAt(item, 'name')));
  return {
    containers: names('containers'),
    initContainers: names('initContainers'),
    volumes: names('volumes'),
    imagePullSecrets: names('imagePullSecrets'),
  };
}

/** An injected proxy is known by what only the injection templates give it: the ports and names of the other containers. */
function deduceNames(metadata: JsonObject, spec: JsonObject, isOverridden: boolean): Names | undefined {
  const lists = { containers: objectsAt(spec, 'containers'), initContainers: objectsAt(spec, 'initContainers') };
  const sidecar = [...lists.initContainers, ...lists.containers].find(isInjectedProxy);
  if ((sidecar === undefined && !isOverridden) || isMadeByGatewayController(metadata)) return undefined;
  const names = (list: readonly JsonObject[]) =>
    new Set(list.map((container) => textAt(container, 'name')).filter((name) => TEMPLATE_CONTAINERS.has(name)));
  const volumes = objectsAt(spec, 'volumes').map((volume) => textAt(volume, 'name'));
  const asked = parseJson(textsOf(metadata.annotations)[USER_VOLUMES]);
  return {
    containers: names(lists.containers),
    initContainers: names(lists.initContainers),
    volumes: new Set(volumes.filter((name) => TEMPLATE_VOLUMES.has(name) || fieldOf(asked, name) !== undefined)),
    imagePullSecrets: new Set(),
    isDeduced: true,
    hasOpenSecrets: true,
  };
}

function isInjectedProxy(container: JsonObject): boolean {
  if (textAt(container, 'name') !== PROXY_CONTAINER) return false;
  return readEnvNames(container).some(
    (name) => name === 'ISTIO_META_POD_PORTS' || name === 'ISTIO_META_APP_CONTAINERS',
  );
}

function isMadeByGatewayController({ labels }: JsonObject): boolean {
  return fieldOf(labels, 'gateway.istio.io/managed') !== undefined;
}

function hasCniNetwork(annotations: Readonly<Record<string, string>>): boolean {
  return /istio-cni/.test(annotations['k8s.v1.cni.cncf.io/networks'] ?? '');
}

/** Without capture there is no container to tell of the plug-in; the settings that it would read are written down all the same. */
function hasBareCni(annotations: Readonly<Record<string, string>>, env: ReadonlyMap<string, string>): boolean {
  const settings = ['includeInboundPorts', 'excludeInboundPorts'];
  const isWritten = settings.every((key) => annotations[`traffic.sidecar.istio.io/${key}`] !== undefined);
  return isWritten && annotations['sidecar.istio.io/interceptionMode'] !== undefined && isWithoutCapture(env);
}

/** True where the proxy was told that no traffic is sent its way. */
export function isWithoutCapture(env: ReadonlyMap<string, string>): boolean {
  return env.get('ISTIO_META_INTERCEPTION_MODE') === 'NONE';
}

function readMinor(sidecar: JsonObject | undefined): number | undefined {
  const tag = textAt(sidecar, 'image').split(':').at(-1) ?? '';
  const [, minor] = /^1\.(\d+)/.exec(readVersion(tag) ?? '') ?? [];
  return minor === undefined ? undefined : Number(minor);
}

function readEnvNames(container: JsonObject): readonly string[] {
  return objectsAt(container, 'env').map((variable) => textAt(variable, 'name'));
}

function readEnv(container: JsonObject | undefined): ReadonlyMap<string, string> {
  return new Map(objectsAt(container, 'env').map((each) => [textAt(each, 'name'), textAt(each, 'value')] as const));
}

function named(containers: readonly JsonObject[]): readonly JsonObject[] {
  return containers.filter((container) => textAt(container, 'name') !== '');
}

function splitNames(text = ''): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '');
}

function parseJson(text: string | undefined): JsonValue | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
