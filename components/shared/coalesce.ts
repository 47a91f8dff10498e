const GATHER_MS = 120;
const GAP_MS = 600;

/** Runs `work` once for a burst of calls: soon after the first, and never more often than each 600 ms. */
export function coalesce(work: () => void): { readonly call: () => void; readonly cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastRun = Number.NEGATIVE_INFINITY;
  return {
    call: () => {
      if (timer !== undefined) return;
      const wait = Math.max(GATHER_MS, lastRun + GAP_MS - performance.now());
      timer = setTimeout(() => {
        timer = undefined;
        lastRun = performance.now();
        work();
      }, wait);
    },
    cancel: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
