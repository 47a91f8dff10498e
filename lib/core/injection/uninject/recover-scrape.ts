import { isObject, type JsonObject, objectsAt, textAt } from '@/lib/core/injection/engine/json-types';
import { MERGED_METRICS_PATH, PROMETHEUS_ENV } from '@/lib/core/pod/pod-names.data';
import { SCRAPE_PATH } from './diff-pods';
import type { InjectionMarks } from './read-marks';
import { type Recovered, toPart, type UninjectedPart } from './uninjected-pod';

type Texts = Readonly<Record<string, string>>;

const PORT = 'prometheus.io/port';
const PATH = 'prometheus.io/path';
const SCRAPE = 'prometheus.io/scrape';
const TARGETS = 'prometheus.istio.io/scrape-targets';
const MERGED: readonly string[] = [PORT, PATH, SCRAPE];

/**
 * Puts the scrape annotations back that the injector pointed at the agent.
 *
 * Output: the values are recorded; how their keys were spelled is not, unless the API server's bookkeeping tells.
 * Source: Istio, pkg/kube/inject/webhook.go, applyPrometheusMerge.
 */
export function recoverScrape(annotations: Texts, marks: InjectionMarks): Recovered<Texts> {
  const isMerged =
    annotations[PATH] === MERGED_METRICS_PATH && annotations[SCRAPE] === 'true' && annotations[PORT] !== undefined;
  if (!isMerged) return { value: annotations, parts: [] };
  const others = Object.fromEntries(Object.entries(annotations).filter(([key]) => !MERGED.includes(key)));
  const kept = marks.env.get(PROMETHEUS_ENV);
  if (kept === undefined) return withNothing(annotations, others, marks);
  const written = readWritten(kept);
  const { values, parts } = written;
  return {
    value: { ...others, ...values },
    parts: [...restored(values, parts.length > 0), ...parts, ...doubtSpelling(values, marks)],
  };
}

function withNothing(annotations: Texts, others: Texts, marks: InjectionMarks): Recovered<Texts> {
  const sent = MERGED.filter((key) => marks.sent?.has('metadata', 'annotations', key) === true);
  if (sent.length === MERGED.length) return { value: annotations, parts: [] };
  const { certainty, code } = judgeNothing(marks);
  const parts = MERGED.map((key) =>
    toPart({
      path: `metadata.annotations[${key}]`,
      fate: 'taken-off',
      certainty,
      code,
      ...(certainty === 'unknown' ? { alternatives: [annotations[key] ?? ''] } : {}),
    }),
  );
  return { value: others, parts };
}

/** Charts of gateways write what the merge would: only then does a pod come out like this that had annotations before. */
function judgeNothing({ sent, templates, sidecar }: InjectionMarks) {
  if (sent !== undefined) return { certainty: 'recorded', code: 'scrape-merged' } as const;
  const isOpen = templates.includes('gateway') || sidecar === undefined;
  return isOpen
    ? ({ certainty: 'unknown', code: 'scrape-written-too' } as const)
    : ({ certainty: 'implied', code: 'scrape-merged' } as const);
}

function readWritten(text: string): { readonly values: Texts; readonly parts: readonly UninjectedPart[] } {
  const kept = parseObject(text);
  const targets = objectsAt(kept, 'targets');
  const one = (key: string, field: string): Texts => (textAt(kept, field) === '' ? {} : { [key]: textAt(kept, field) });
  if (targets.length === 0) {
    return { values: { ...one(SCRAPE, 'scrape'), ...one(PATH, 'path'), ...one(PORT, 'port') }, parts: [] };
  }
  const list = targets.map((target) => `${textAt(target, 'port')}:${textAt(target, 'path')}`).join(',');
  const part = { fate: 'restored', certainty: 'unknown', code: 'scrape-targets' } as const;
  return {
    values: { ...one(SCRAPE, 'scrape'), [TARGETS]: list },
    // The targets took the place of a port and a path, and are kept apart, not as they were written.
    parts: [TARGETS, PORT, PATH].map((key) => toPart({ ...part, path: `metadata.annotations[${key}]` })),
  };
}

function restored(values: Texts, isPartly: boolean): readonly UninjectedPart[] {
  const keys = Object.keys(values).filter((key) => !isPartly || key === SCRAPE);
  return keys.map((key) =>
    toPart({ path: `metadata.annotations[${key}]`, fate: 'restored', certainty: 'recorded', code: 'scrape' }),
  );
}

function doubtSpelling(values: Texts, { sent }: InjectionMarks): readonly UninjectedPart[] {
  const keys = Object.keys(values);
  const isSent = keys.every((key) => sent?.has('metadata', 'annotations', key) === true);
  if (keys.length === 0 || isSent) return [];
  return [toPart({ path: SCRAPE_PATH, fate: 'restored', certainty: 'unknown', code: 'scrape-spelling' })];
}

function parseObject(text: string): JsonObject {
  try {
    const parsed = JSON.parse(text);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
