import type { Difference } from './compare-answers';

/** A way in which the demo cluster may differ from a real one, and why. There are at most ten; the list only shrinks. */
export interface AllowedDifference {
  readonly what: string;
  readonly reason: string;
  /** Rows in which it shows. */
  readonly rows: RegExp;
  covers(difference: Difference): boolean;
}

export const ALLOWED_DIFFERENCES: readonly AllowedDifference[] = [
  {
    what: 'the users of the demo cluster show tokens, those of the real one certificates, which have an id',
    reason: 'A kubeconfig with tokens is all that a demo needs, and the dashboard shows names and groups only.',
    rows: /^SelfSubjectReview: /,
    covers: ({ place }) => place.endsWith('.userInfo.extra'),
  },
  {
    what: 'the demo cluster serves fewer kinds, and of their subresources fewer',
    reason: 'It has what the dashboard and its injectors read or write; nothing else would be tested by anyone.',
    rows: /^discovery: /,
    covers: ({ place, demo }) =>
      demo === undefined && /\.(groups|resources|subresources|items|versions)\.[^ ]+$/.test(place),
  },
  {
    what: 'the demo cluster names itself in its version, and no compiler',
    reason: 'It is not built by Go, and nobody shall take it for a real cluster.',
    rows: /^(version|forbidden: a stranger)/,
    covers: ({ place }) => /\.(gitVersion|gitCommit|gitTreeState|goVersion|compiler|platform)$/.test(place),
  },
  {
    what: 'columns of the demo cluster carry no description',
    reason:
      'They are the documentation of fields in full; no client prints them, and copying them would be most of the code.',
    rows: /./,
    covers: ({ place, demo }) => /\.columnDefinitions\.[^.]+\.description$/.test(place) && demo === '',
  },
  {
    what: 'a refused change of a pod or of the template of a job shows another picture of it in the message',
    reason: 'The real server prints its internal Go structs, or a diff of them; nobody reads more than how it starts.',
    rows: /^immutable: (most of a pod|the template of a job)$/,
    covers: ({ place }) => /\.message$/.test(place),
  },
];
