import { randomUUID } from 'node:crypto';
import { admitPod, qosClassOf, tolerate } from './admit-pod';
import { allocateAddresses } from './allocate-addresses';
import { forbidden } from './api-error';
import { callWebhooks, type ServiceResolver, type UserInfo, type WebhookCallContext } from './call-webhooks';
import { applyDefaults } from './default-object';
import { POD_TEMPLATE_PATHS } from './defaults.data';
import { generateName } from './generate-name';
import { jsonEqual, recordAt } from './json-access';
import { type KindRow, resourceId } from './kind-row';
import { trackCreate, trackUpdate } from './managed-fields';
import { schemaOfKind } from './object-schema';
import type { JsonObject, KubeObject, NewObject, ObjectRef } from './object-types';
import { parseObject } from './parse-object';
import { requireNamespace } from './plan-create';
import type { DeleteOptions } from './plan-delete';
import { checkVersion, mergeForUpdate } from './plan-update';
import { prepareForCreate, prepareForUpdate } from './prepare-object';
import { readTyped } from './read-typed';
import type { Store, WriteOptions } from './store';
import { validateCreate, validateUpdate } from './validate-object';

export interface AdmissionOptions extends WriteOptions {
  /** Who asks; webhooks are told. */
  readonly user?: UserInfo;
  /** Keep a given status, which a client's create request cannot set: for scenarios that start in the middle of life. */
  readonly keepStatus?: boolean;
  /** A uid that the object carries must be the stored one's, else the write is a conflict. */
  readonly isUidPinned?: boolean;
  /** The version that the client wrote; the kind's first when left out. */
  readonly version?: string;
  /** Called with what a client should be warned of. */
  readonly onWarning?: (text: string) => void;
}

export interface AdmittedDeletion extends DeleteOptions, Pick<AdmissionOptions, 'user' | 'onWarning' | 'version'> {}

export interface Admission {
  /** Creates an object as a client's request would: defaults, built-in plug-ins, webhooks, validation, then the store. */
  createWithAdmission(resource: string, object: NewObject, options?: AdmissionOptions): Promise<KubeObject>;
  /** Replaces an object or its status, with defaults, webhooks and validation. */
  updateWithAdmission(resource: string, object: NewObject, options?: AdmissionOptions): Promise<KubeObject>;
  /** Deletes an object, or marks it, once the webhooks that watch deletions agree. */
  deleteWithAdmission(resource: string, ref: ObjectRef, options?: AdmittedDeletion): Promise<KubeObject>;
}

/** Admission plug-ins for new pods beyond those that are always on: what they fill in before webhooks, what they refuse after. */
export interface PodPlugins {
  mutate(pod: NewObject): void;
  validate(pod: NewObject): void;
  /** What the author of a pod, or of an object with a pod template, is warned of. */
  warn(object: NewObject, podSpec: JsonObject): readonly string[];
}

export interface AdmissionSettings {
  readonly store: Store;
  /** Where a Service port is reached from this process, e.g. `https://127.0.0.1:15017`; undefined when nobody listens. */
  readonly resolveService?: ServiceResolver;
  /** Quotas, limit ranges, Pod Security; none when not given. */
  readonly podPlugins?: PodPlugins;
  readonly log?: (message: string) => void;
}

const IMMORTAL_NAMESPACES = ['default', 'kube-public', 'kube-system'];

const SYSTEM_USER: UserInfo = { username: 'system:apiserver', groups: ['system:masters'] };

export function createAdmission(settings: AdmissionSettings): Admission {
  const { store } = settings;
  return {
    createWithAdmission: (resource, input, options = {}) => create(settings, store.kind(resource), input, options),
    updateWithAdmission: (resource, input, options = {}) => update(settings, store.kind(resource), input, options),
    async deleteWithAdmission(resource, ref, options = {}) {
      if (resource === 'namespaces' && IMMORTAL_NAMESPACES.includes(ref.name)) {
        throw forbidden({ group: '', plural: resource, name: ref.name }, 'this namespace may not be deleted');
      }
      const current = store.get(resource, ref);
      if (current !== undefined) {
        const context = webhookContext(settings, store.kind(resource), { ...options, dryRun: options.dryRun === true });
        await callWebhooks(context, { operation: 'DELETE', object: undefined, previous: current }, 'mutating');
        await callWebhooks(context, { operation: 'DELETE', object: undefined, previous: current }, 'validating');
      }
      return store.delete(resource, ref, options);
    },
  };
}

type Asked = Pick<AdmissionOptions, 'user' | 'dryRun' | 'subresource' | 'onWarning' | 'version'>;

function webhookContext(
  { store, resolveService, log }: AdmissionSettings,
  row: KindRow,
  options: Asked,
): WebhookCallContext {
  return {
    store,
    row,
    user: options.user ?? SYSTEM_USER,
    isDryRun: options.dryRun === true,
    subresource: options.subresource,
    version: options.version ?? row.versions[0] ?? 'v1',
    resolveService: resolveService ?? (() => undefined),
    warn: options.onWarning ?? (() => undefined),
    log: log ?? (() => undefined),
  };
}

/** The object as its type holds it, with defaults. */
function settle(row: KindRow, object: NewObject): NewObject {
  applyDefaults(row, object);
  const { object: typed } = readTyped(schemaOfKind(row), object);
  return parseObject(typed);
}

/** What a client may not say of a new object. */
const SERVER_FIELDS = ['uid', 'selfLink', 'deletionTimestamp', 'deletionGracePeriodSeconds'];

async function create(
  settings: AdmissionSettings,
  row: KindRow,
  input: NewObject,
  options: AdmissionOptions,
): Promise<KubeObject> {
  const { store, podPlugins } = settings;
  const resource = resourceId(row);
  const name = input.metadata.name ?? input.metadata.generateName ?? '';
  if (row.namespaced) requireNamespace(row, name, input.metadata.namespace, store);
  const sent = structuredClone(input);
  for (const field of SERVER_FIELDS) delete sent.metadata[field];
  if (row.subresources.includes('status') && options.keepStatus !== true) delete sent.status;
  // Owners are told before anybody else changes the object: what plug-ins and webhooks add belongs to nobody.
  const object = track(row, settle(row, sent), options, store.now());
  // LimitRanger fills in before the other plug-ins and the webhooks see the pod.
  if (resource === 'pods') {
    podPlugins?.mutate(object);
    admitPod(store, object);
  }
  const context = webhookContext(settings, row, options);
  const mutated = await callWebhooks(
    context,
    { operation: 'CREATE', object, previous: undefined },
    'mutating',
    (patched) => {
      const settled = settle(row, patched);
      if (resource === 'pods') admitPod(store, settled);
      return settled;
    },
  );
  // The name and the uid are made after the mutating webhooks: they see none, what is refused from here on has one.
  mutated.metadata.name ??=
    mutated.metadata.generateName === undefined ? '' : generateName(mutated.metadata.generateName);
  mutated.metadata.uid = randomUUID();
  prepareForCreate(row, mutated);
  validateCreate(row, mutated);
  if (resource === 'services') allocateAddresses(store, mutated);
  if (resource === 'pods') mutated.status = { phase: 'Pending', ...mutated.status, qosClass: qosClassOf(mutated) };
  if (resource === 'pods') podPlugins?.validate(mutated);
  warnOfTemplate(settings, resource, mutated, undefined, options);
  await callWebhooks(context, { operation: 'CREATE', object: mutated, previous: undefined }, 'validating');
  return store.create(resource, mutated, { ...options, isTracked: true });
}

/** Warns of a pod template that is new or has changed. */
function warnOfTemplate(
  { podPlugins }: AdmissionSettings,
  resource: string,
  object: NewObject,
  current: KubeObject | undefined,
  { onWarning }: AdmissionOptions,
): void {
  const path = POD_TEMPLATE_PATHS[resource];
  if (path === undefined || podPlugins === undefined) return;
  const spec = recordAt(object, ...path);
  if (current !== undefined && jsonEqual(spec, recordAt(current, ...path))) return;
  for (const text of podPlugins.warn(object, spec)) onWarning?.(text);
}

function track(row: KindRow, object: NewObject, options: AdmissionOptions, now: string): NewObject {
  return options.isTracked === true ? object : trackCreate(row, object, options, now);
}

async function update(
  settings: AdmissionSettings,
  row: KindRow,
  input: NewObject,
  options: AdmissionOptions,
): Promise<KubeObject> {
  const { store } = settings;
  const resource = resourceId(row);
  const current = store.get(resource, { name: input.metadata.name ?? '', namespace: input.metadata.namespace });
  if (current === undefined) return store.update(resource, input, options);
  const { resourceVersion, uid, deletionTimestamp } = input.metadata;
  const sent = structuredClone(input);
  prepareForUpdate(row, sent, current);
  const merged = mergeForUpdate(row, current, settle(row, sent), options);
  if (resource === 'pods' && options.subresource === undefined && merged.spec !== undefined) tolerate(merged.spec);
  const object = options.isTracked === true ? merged : trackUpdate(row, current, merged, options, store.now());
  const context = webhookContext(settings, row, options);
  const mutated = await callWebhooks(
    context,
    { operation: 'UPDATE', object, previous: current },
    'mutating',
    (patched) => mergeForUpdate(row, current, settle(row, patched), options),
  );
  const sentMeta = {
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(uid === undefined ? {} : { uid }),
  };
  checkVersion(row, current, sentMeta, options.isUidPinned === true);
  const fixed = {
    ...(uid === undefined ? {} : { uid }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
  };
  validateUpdate(row, { ...mutated, metadata: { ...mutated.metadata, ...fixed } }, current);
  if (options.subresource === undefined) warnOfTemplate(settings, resource, mutated, current, options);
  await callWebhooks(context, { operation: 'UPDATE', object: mutated, previous: current }, 'validating');
  const pinned = { ...mutated, metadata: { ...mutated.metadata, resourceVersion: resourceVersion ?? '' } };
  return store.update(resource, pinned, { ...options, isTracked: true });
}
