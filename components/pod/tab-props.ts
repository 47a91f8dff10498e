/** What each tab of a pod gets: whose it is, and where its answers are. */
export interface TabProps {
  readonly namespace: string;
  readonly name: string;
  /** The pod's own API address. */
  readonly path: string;
}

/** A pod's spec does not change while it runs; what does is its status, and whether it is still there. */
export const POD_KINDS = ['pods'] as const;
