import type { KubeObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { keyOf, refOf, toMicroTime, toTime } from './object-keys';

export interface ClusterEvent {
  readonly component: string;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** The node, for events of its kubelet. */
  readonly host?: string;
  /** The part meant, e.g. `spec.containers{nginx}`. */
  readonly fieldPath?: string;
  /** When it happened, for a cluster that starts with a past. */
  readonly at?: number;
}

/** Writes events as Kubernetes' own recorder does: repeats are counted, look-alikes are combined, floods are cut. */
/** Programs by the components that speak for them; the controllers are parts of one. */
const MANAGERS: Readonly<Record<string, string>> = { 'default-scheduler': 'kube-scheduler', kubelet: 'kubelet' };

const managerOf = ({ component }: ClusterEvent) => MANAGERS[component] ?? 'kube-controller-manager';

export interface EventRecorder {
  record(about: KubeObject, event: ClusterEvent): void;
}

interface Known {
  readonly key: string;
  count: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Source: Kubernetes, client-go tools/record/events_cache.go: the limits of its correlator. */
const SIMILAR_LIMIT = 10;
const BURST = 25;
const REFILL_MS = 300_000;
const WINDOW_MS = 600_000;
/** Kubernetes keeps an event for an hour. */
const LIFETIME_MS = 3_600_000;

class CorrelatingRecorder implements EventRecorder {
  private readonly store: Store;
  private readonly now: () => number;
  private readonly known = new Map<string, Known>();
  private readonly similar = new Map<string, { messages: Set<string>; lastAt: number }>();
  private readonly buckets = new Map<string, Bucket>();
  private readonly written: { key: string; at: number }[] = [];
  private sequence = 0;

  constructor(store: Store, now: () => number) {
    this.store = store;
    this.now = now;
  }

  record(about: KubeObject, event: ClusterEvent): void {
    this.forgetOld();
    const source = `${event.component}|${about.metadata.uid}`;
    const message = this.aggregate(`${source}|${event.type}|${event.reason}`, event.message);
    if (event.at === undefined && !this.takeToken(source)) return;
    const identity = `${source}|${event.type}|${event.reason}|${event.fieldPath ?? ''}|${message.identity}`;
    const known = this.known.get(identity);
    if (known !== undefined && this.bump(known, message.text, event)) return;
    const key = this.create(about, { ...event, message: message.text });
    if (key !== undefined) this.known.set(identity, { key, count: 1 });
  }

  private aggregate(group: string, message: string): { identity: string; text: string } {
    const known = this.similar.get(group);
    const isFresh = known !== undefined && this.now() - known.lastAt <= WINDOW_MS;
    const entry = isFresh ? known : { messages: new Set<string>(), lastAt: 0 };
    entry.lastAt = this.now();
    if (entry.messages.size < SIMILAR_LIMIT) entry.messages.add(message);
    this.similar.set(group, entry);
    if (entry.messages.size < SIMILAR_LIMIT) return { identity: message, text: message };
    return { identity: '(combined)', text: `(combined from similar events): ${message}` };
  }

  private takeToken(source: string): boolean {
    const bucket = this.buckets.get(source) ?? { tokens: BURST, filledAt: this.now() };
    const refill = Math.floor((this.now() - bucket.filledAt) / REFILL_MS);
    if (refill > 0) {
      bucket.tokens = Math.min(BURST, bucket.tokens + refill);
      bucket.filledAt += refill * REFILL_MS;
    }
    this.buckets.set(source, bucket);
    if (bucket.tokens === 0) return false;
    bucket.tokens -= 1;
    return true;
  }

  private bump(known: Known, message: string, event: ClusterEvent): boolean {
    known.count += 1;
    const change = (draft: KubeObject) => {
      draft.count = known.count;
      draft.message = message;
      draft.lastTimestamp = toTime(event.at ?? this.now());
    };
    return this.store.modify('events', refOf(known.key), change, { manager: managerOf(event) }) !== undefined;
  }

  private create(about: KubeObject, event: ClusterEvent): string | undefined {
    const namespace = about.metadata.namespace ?? 'default';
    const holder = this.store.get('namespaces', { name: namespace });
    if (holder === undefined || holder.metadata.deletionTimestamp !== undefined) return undefined;
    const at = event.at ?? this.now();
    const metadata = { name: `${about.metadata.name}.${this.stamp(at)}`, namespace, creationTimestamp: toTime(at) };
    const body = { ...involved(about, event), ...timing(event, at) };
    const object = { apiVersion: 'v1', kind: 'Event', metadata, ...body };
    const created = this.store.create('events', object, event.at === undefined ? { manager: managerOf(event) } : {});
    const key = keyOf(created.metadata);
    this.written.push({ key, at: this.now() });
    return key;
  }

  /** 16 hexadecimal digits of the nanosecond, never the same twice. */
  private stamp(at: number): string {
    this.sequence += 1;
    return (BigInt(Math.trunc(at)) * 1_000_000n + BigInt(this.sequence % 1_000_000)).toString(16);
  }

  private forgetOld(): void {
    const limit = this.now() - LIFETIME_MS;
    for (let first = this.written[0]; first !== undefined && first.at < limit; first = this.written[0]) {
      this.written.shift();
      if (this.store.get('events', refOf(first.key)) !== undefined) this.store.delete('events', refOf(first.key));
    }
    if (this.known.size < 20_000) return;
    this.known.clear();
    this.similar.clear();
    this.buckets.clear();
  }
}

function involved(about: KubeObject, event: ClusterEvent) {
  const { name, namespace, uid, resourceVersion } = about.metadata;
  return {
    involvedObject: {
      kind: about.kind,
      ...(namespace === undefined ? {} : { namespace }),
      name,
      uid,
      apiVersion: about.apiVersion,
      resourceVersion,
      ...(event.fieldPath === undefined ? {} : { fieldPath: event.fieldPath }),
    },
    reason: event.reason,
    message: event.message,
    type: event.type,
  };
}

/** The scheduler uses the newer event shape, all others the older one. */
function timing(event: ClusterEvent, at: number) {
  const { component, host } = event;
  if (component === 'default-scheduler') {
    const newer = { action: 'Binding', reportingComponent: component, reportingInstance: `${component}-control-plane` };
    return { source: {}, firstTimestamp: null, lastTimestamp: null, eventTime: toMicroTime(at), ...newer };
  }
  return {
    source: { component, ...(host === undefined ? {} : { host }) },
    firstTimestamp: toTime(at),
    lastTimestamp: toTime(at),
    count: 1,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host ?? '',
  };
}

export function createEventRecorder(store: Store, now: () => number = Date.now): EventRecorder {
  return new CorrelatingRecorder(store, now);
}
