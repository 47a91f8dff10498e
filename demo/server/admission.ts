import { randomUUID } from 'node:crypto';
import { admitPod, qosClassOf } from './admit-pod';
import { allocateAddresses } from './allocate-addresses';
import { callWebhooks, type ServiceResolver, type UserInfo, type WebhookCallContext } from './call-webhooks';
import { applyDefaults } from './default-object';
import { generateName } from './generate-name';
import { recordAt } from './json-access';
import { type KindRow, resourceId } from './kind-row';
import type { KubeObject, NewObject } from './object-types';
import { requireNamespace } from './plan-create';
import type { Store, WriteOptions } from './store';
import { validateCreate, validateUpdate } from './validate-object';

export interface AdmissionOptions extends WriteOptions {
  /** Who asks; webhooks are told. */
  readonly user?: UserInfo;
  /** Keep a given status, which a client's create request cannot set: for scenarios that start in the middle of life. */
  readonly keepStatus?: boolean;
  /** Called with what a client should be warned of. */
  readonly onWarning?: (text: string) => void;
}

export interface Admission {
  /** Creates an object as a client's request would: defaults, built-in plug-ins, webhooks, validation, then the store. */
  createWithAdmission(resource: string, object: NewObject, options?: AdmissionOptions): Promise<KubeObject>;
  /** Replaces an object, with defaults, webhooks and validation. Status and scale go to `store.update` directly. */
  updateWithAdmission(resource: string, object: NewObject, options?: AdmissionOptions): Promise<KubeObject>;
}

/** Admission plug-ins for new pods beyond those that are always on: what they fill in before webhooks, what they refuse after. */
export interface PodPlugins {
  mutate(pod: NewObject): void;
  validate(pod: NewObject): void;
}

export interface AdmissionSettings {
  readonly store: Store;
  /** Where a Service port is reached from this process, e.g. `https://127.0.0.1:15017`; undefined when nobody listens. */
  readonly resolveService?: ServiceResolver;
  /** Quotas, limit ranges, Pod Security; none when not given. */
  readonly podPlugins?: PodPlugins;
  readonly log?: (message: string) => void;
}

const SYSTEM_USER: UserInfo = { username: 'system:apiserver', groups: ['system:masters'] };

export function createAdmission({ store, resolveService, podPlugins, log }: AdmissionSettings): Admission {
  const context = (row: KindRow, options: AdmissionOptions): WebhookCallContext => ({
    store,
    row,
    user: options.user ?? SYSTEM_USER,
    isDryRun: options.dryRun === true,
    resolveService: resolveService ?? (() => undefined),
    warn: options.onWarning ?? (() => undefined),
    log: log ?? (() => undefined),
  });

  return {
    async createWithAdmission(resource, input, options = {}) {
      const row = store.kind(resource);
      const name = input.metadata.name ?? input.metadata.generateName ?? '';
      if (row.namespaced) requireNamespace(row, name, input.metadata.namespace, store);
      const object = structuredClone(input);
      if (row.subresources.includes('status') && options.keepStatus !== true) delete object.status;
      object.metadata.uid = randomUUID();
      // LimitRanger fills in before the other plug-ins and the webhooks see the pod.
      if (resource === 'pods') {
        applyDefaults(row, object);
        podPlugins?.mutate(object);
      }
      prepare(store, row, object);
      const mutated = await callWebhooks(context(row, options), 'CREATE', object);
      if (mutated !== object) prepare(store, row, mutated);
      // The name is made after the mutating webhooks: they see none, what is refused from here on has one.
      mutated.metadata.name ??= generateName(mutated.metadata.generateName ?? '');
      validateCreate(row, mutated);
      if (resource === 'pods') mutated.status ??= { phase: 'Pending', qosClass: qosClassOf(mutated) };
      if (resource === 'pods') podPlugins?.validate(mutated);
      await callWebhooks(context(row, options), 'CREATE', mutated, undefined, 'validating');
      return store.create(resource, mutated, options);
    },

    async updateWithAdmission(resource, input, options = {}) {
      const row = store.kind(resource);
      const current = store.get(resource, { name: input.metadata.name ?? '', namespace: input.metadata.namespace });
      if (current === undefined) return store.update(resource, input, options);
      const object = structuredClone(input);
      applyDefaults(row, object);
      keepAssigned(row, object, current);
      const mutated = await callWebhooks(context(row, options), 'UPDATE', object, current);
      if (mutated !== object) applyDefaults(row, mutated);
      validateUpdate(row, mutated, current);
      await callWebhooks(context(row, options), 'UPDATE', mutated, current, 'validating');
      return store.update(resource, mutated, options);
    },
  };
}

function prepare(store: Store, row: KindRow, object: NewObject): void {
  applyDefaults(row, object);
  const resource = resourceId(row);
  if (resource === 'pods') admitPod(store, object);
  if (resource === 'services') allocateAddresses(store, object);
  if (resource === 'jobs.batch') selectJobPods(object);
  if (resource === 'namespaces' && object.metadata.name !== undefined) {
    const labels = object.metadata.labels ?? {};
    object.metadata.labels = { ...labels, 'kubernetes.io/metadata.name': object.metadata.name };
  }
}

/** A job selects its pods by its own uid, unless its author wants to do that himself. */
function selectJobPods(job: NewObject): void {
  const spec = recordAt(job, 'spec');
  const { uid, name } = job.metadata;
  if (spec.manualSelector === true || uid === undefined || spec.selector !== undefined) return;
  const own = { 'batch.kubernetes.io/controller-uid': uid };
  const names = name === undefined ? {} : { 'batch.kubernetes.io/job-name': name, 'job-name': name };
  spec.selector = { matchLabels: own };
  const template = recordAt(spec, 'template');
  const labels = { ...recordAt(template, 'metadata', 'labels'), ...own, ...names, 'controller-uid': uid };
  spec.template = { ...template, metadata: { ...recordAt(template, 'metadata'), labels } };
  job.spec = spec;
}

// A client that replaces a Service or a Namespace need not send back what the server assigned.
function keepAssigned(row: KindRow, object: NewObject, current: KubeObject): void {
  const resource = resourceId(row);
  if (resource === 'services' && object.spec !== undefined && current.spec !== undefined) {
    object.spec.clusterIP ??= current.spec.clusterIP;
    object.spec.clusterIPs ??= current.spec.clusterIPs;
  }
  if (resource !== 'namespaces') return;
  object.spec = structuredClone(current.spec ?? {});
  const { name } = current.metadata;
  object.metadata.labels = { ...object.metadata.labels, 'kubernetes.io/metadata.name': name };
}
