import type { StateName } from '@/components/shared/state-names';
import type { NamespaceMode } from '@/lib/api/namespaces';

/** The words that the badge of a mode may carry; `injection.mode` in the catalogs. */
export type ModeWord =
  | 'sidecar'
  | 'conflict'
  | 'two-injectors'
  | 'off'
  | 'odd-value'
  | 'unknown-revision'
  | 'deactivated'
  | 'no-injector'
  | 'ambient'
  | 'both'
  | 'unknown';

interface ModeState {
  readonly word: ModeWord;
  readonly state: StateName;
}

const OFF: Readonly<Record<string, ModeState>> = {
  'injection.mode.odd-value': { word: 'odd-value', state: 'missing' },
  'injection.mode.unknown-revision': { word: 'unknown-revision', state: 'refused' },
  'injection.mode.deactivated': { word: 'deactivated', state: 'refused' },
  'injection.mode.no-injector': { word: 'no-injector', state: 'not-injected' },
};

/** A mode in one word and one state, for a badge. */
export function toModeState({ kind, because, notes }: NamespaceMode): ModeState {
  const has = (code: string) => notes.some((note) => note.code === code);
  switch (kind) {
    case 'sidecar':
      if (has('injection.note.two-configurations')) return { word: 'two-injectors', state: 'missing' };
      if (has('injection.note.conflict')) return { word: 'conflict', state: 'missing' };
      if (has('injection.note.ambient-and-sidecar')) return { word: 'both', state: 'missing' };
      return { word: 'sidecar', state: 'injected' };
    case 'ambient':
      return { word: 'ambient', state: 'ambient' };
    case 'unknown':
      return { word: 'unknown', state: 'unknown' };
    case 'off':
      if (has('injection.note.conflict-off')) return { word: 'conflict', state: 'missing' };
      return OFF[because.code] ?? { word: 'off', state: 'not-injected' };
  }
}
