const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time such as `34d`, `5h`, `90s`, or `2d3h`. */
export type Age = string;

function ageToMs(age: Age): number {
  const parts = [...age.matchAll(/(\d+)([smhd])/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== age) throw new Error(`"${age}" is not an age.`);
  return parts.reduce((total, [, count, unit]) => total + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
}

/** The cluster's clock: set back while a scenario tells the cluster's past, then running. */
export interface ClusterClock {
  now(): number;
  /** Stops the clock at a time before now. */
  setBack(age: Age): void;
  /** Moves a stopped clock on. */
  advance(ms: number): void;
  run(): void;
}

export function createClusterClock(startedAt: number = Date.now()): ClusterClock {
  let stoppedAt: number | undefined;
  return {
    now: () => stoppedAt ?? Date.now(),
    setBack: (age) => {
      stoppedAt = startedAt - ageToMs(age);
    },
    advance: (ms) => {
      if (stoppedAt !== undefined) stoppedAt = Math.min(startedAt, stoppedAt + ms);
    },
    run: () => {
      stoppedAt = undefined;
    },
  };
}
