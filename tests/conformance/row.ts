/** Who sends a request. A stranger shows neither certificate nor token. */
export type RowUser = 'admin' | 'viewer' | 'team' | 'stranger';

/**
 * One line of the table: a story of requests that both clusters must tell in the same way.
 *
 * Every row gets a namespace of its own. `{ns}` in any text is its name, `{NAME}` what an earlier step saved under NAME;
 * `{webhook}`, `{webhookCa}` and `{otherCa}` belong to the server of `webhook-server.ts`.
 */
export interface Row {
  readonly name: string;
  /** Sends the steps that name nobody else; the admin when left out. */
  readonly user?: RowUser;
  /** Gives the team its rights in the row's namespace. */
  readonly isTeamNamespace?: boolean;
  readonly steps: readonly Step[];
}

export type Step = SendStep | WatchStep | CompactStep;

export interface RowRequest {
  /** GET when left out. */
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SendStep {
  readonly send: RowRequest;
  readonly as?: RowUser;
  readonly expect: AnswerExpectation;
  /** Sends again until the expectation holds, for what controllers do in their own time. */
  readonly isEventual?: boolean;
  /** Name of a variable to a place in the answer: `{ version: 'body.metadata.resourceVersion' }`. */
  readonly save?: Readonly<Record<string, string>>;
  /** Left out of the comparison of both clusters, e.g. the list of all nodes: where such an answer is compared, `expect` says all. */
  readonly isOwnToCluster?: boolean;
}

export interface WatchStep {
  readonly watch: Pick<RowRequest, 'path' | 'query' | 'accept'>;
  readonly as?: RowUser;
  /** Sent one after another once the watch has been answered and its first `after` events (none) have arrived. */
  readonly meanwhile?: readonly SendStep[];
  readonly after?: number;
  /** Counts bookmarks that come of their own accord; otherwise they are passed over, as no one can say when they do. */
  readonly hasBookmarks?: boolean;
  /** How many events to wait for, or until the server ends the watch. */
  readonly until: number | 'end';
  readonly expect: { readonly status?: number; readonly body?: unknown; readonly events?: readonly unknown[] };
  readonly save?: Readonly<Record<string, string>>;
}

/** Makes the cluster forget every change up to now, as etcd's compaction does. */
export interface CompactStep {
  readonly compact: true;
}

/**
 * What an answer must hold; what is not named may be anything.
 *
 * An object asks for its keys only, an array for just as many items. RegExp, `ABSENT`, `PRESENT` and `containing` stand for values.
 */
export interface AnswerExpectation {
  readonly status: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** What came back for one step: the fields that expectations and comparisons look at. */
export interface StepAnswer {
  readonly title: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly events?: readonly unknown[];
}
