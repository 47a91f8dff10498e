import 'server-only';
import { setMaxListeners } from 'node:events';
import { AccessReviews, type Identity, readIdentity } from './access';
import { TIMINGS, type Timings, WaitingRoom } from './backoff';
import type { ClusterConnection } from './cluster-connection';
import { Discovery } from './discovery';
import { Gate } from './gate';
import { watchKind } from './kind-watcher';
import { Pulse } from './pulse';
import { ReadableNamespaces } from './readable-namespaces';
import { ClusterStore } from './snapshot';
import { createTransport, type Transport } from './transport';
import type { KindId } from './watched-kind';
import { KIND_IDS } from './watched-kinds.data';

const LISTS_AT_ONCE = 3;

export interface SessionOptions {
  readonly timings?: Partial<Timings>;
  readonly kinds?: readonly KindId[];
  readonly isReadOnly?: boolean;
  /** Namespaces to try, beside the context's own, when namespaces cannot be listed. */
  readonly namespaces?: readonly string[];
}

/** One kubeconfig context, live: its transport, its snapshot and the watches that keep it current. */
export class ClusterSession {
  readonly contextName: string;
  readonly clusterName: string;
  /** The address of the API server. */
  readonly server: string;
  readonly userName: string;
  readonly isReadOnly: boolean;
  readonly store: ClusterStore;
  readonly transport: Transport;
  readonly access: AccessReviews;
  readonly discovery: Discovery;
  /** Aborts when the session is closed. */
  readonly signal: AbortSignal;
  readonly #connection: ClusterConnection;
  readonly #options: SessionOptions;
  readonly #closing = new AbortController();
  #watches: Promise<unknown> | undefined;
  #holders = 0;

  constructor(connection: ClusterConnection, options: SessionOptions = {}) {
    this.contextName = connection.contextName;
    this.clusterName = connection.clusterName;
    this.server = connection.server.href;
    this.userName = connection.userName;
    this.isReadOnly = options.isReadOnly ?? false;
    this.store = new ClusterStore(options.timings?.batchMs);
    this.transport = createTransport(connection);
    this.access = new AccessReviews(this.transport);
    this.discovery = new Discovery(this.transport);
    this.signal = this.#closing.signal;
    // Every watch and stream listens to it; that is no leak.
    setMaxListeners(0, this.signal);
    this.#connection = connection;
    // Whoever asks next opens a session on what the kubeconfig says now.
    connection.onMoved = () => void this.close();
    this.#options = options;
  }

  /** Starts one watch per kind. A second call does nothing. */
  start(): void {
    if (this.#watches !== undefined || this.signal.aborted) return;
    const { store, transport } = this;
    const timings = { ...TIMINGS, ...this.#options.timings };
    const waitingRoom = new WaitingRoom();
    const pulse = new Pulse(transport, timings, waitingRoom);
    const configured = [this.#connection.namespace, ...(this.#options.namespaces ?? [])];
    const context = {
      store,
      transport,
      interner: store.interner,
      timings,
      waitingRoom,
      pulse,
      lists: new Gate(LISTS_AT_ONCE),
      discovery: this.discovery,
      readable: new ReadableNamespaces(transport, this.access, store, configured),
    };
    const kinds = this.#options.kinds ?? KIND_IDS;
    const watches = kinds.map((id) => watchKind(id, context, this.signal));
    this.#watches = Promise.allSettled([pulse.run(this.signal), ...watches]);
  }

  /** Resolves once every kind was listed or has said why it cannot be, or after `timeoutMs`. */
  async whenSettled(timeoutMs = 30_000, kinds: readonly KindId[] = this.#options.kinds ?? KIND_IDS): Promise<void> {
    await this.store.whenSettled(kinds, AbortSignal.any([this.signal, AbortSignal.timeout(timeoutMs)]));
  }

  /** Marks the session as in use, so that idleness does not close it, until the returned function is called. */
  hold(): () => void {
    let isHolding = true;
    this.#holders += 1;
    return () => {
      if (isHolding) this.#holders -= 1;
      isHolding = false;
    };
  }

  get isHeld(): boolean {
    return this.#holders > 0;
  }

  /** Who the API server takes the user for. */
  whoAmI(): Promise<Identity> {
    return readIdentity(this.transport, this.userName);
  }

  /** Ends every watch and request; resolves when none is left. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.transport.close();
    this.store.close();
    await this.#watches;
  }
}
