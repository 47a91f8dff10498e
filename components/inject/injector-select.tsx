'use client';
import { useTranslations } from 'next-intl';
import { StateShape } from '@/components/shared/state-shape';
import type { Loadable } from '@/components/shared/use-resource';
import type { InjectorsAnswer, OfferedInjector } from '@/lib/api/inject';
import type { InjectInput } from './inject-input';

const UPLOAD = ':upload';

interface InjectorSelectProps {
  readonly id: string;
  readonly injectors: Loadable<InjectorsAnswer>;
  readonly input: InjectInput;
  readonly onChange: (change: Pick<InjectInput, 'injector' | 'revision'>) => void;
}

/** Every revision of the cluster, each with its release and tags, and an injector of one's own. */
export function InjectorSelect({ id, injectors, input, onChange }: InjectorSelectProps) {
  const t = useTranslations('inject.injector');
  const items = injectors.status === 'ready' ? injectors.value.items : [];
  const isKnown = items.some(({ revision }) => revision === input.revision);
  const nameOf = ({ revision, tags, release, state }: OfferedInjector) =>
    [
      release === '' ? revision : t('revision', { revision, release }),
      ...(tags.length === 0 ? [] : [t('tags', { tags: tags.join(', ') })]),
      ...(state === 'unusable' ? [t('unusable')] : []),
    ].join(' · ');
  return (
    <select
      id={id}
      className="field max-w-full"
      value={input.injector === 'upload' ? UPLOAD : input.revision}
      onChange={({ target: { value } }) =>
        onChange(
          value === UPLOAD
            ? { injector: 'upload', revision: input.revision }
            : { injector: 'revision', revision: value },
        )
      }
    >
      {!isKnown && (
        <option value={input.revision}>
          {input.revision !== '' ? input.revision : t(injectors.status === 'loading' ? 'loading' : 'none')}
        </option>
      )}
      {items.map((item) => (
        <option key={item.revision} value={item.revision} disabled={item.state === 'unusable'}>
          {nameOf(item)}
        </option>
      ))}
      <option value={UPLOAD}>{t('upload')}</option>
    </select>
  );
}

/** Why revisions cannot be chosen, or are not what stands in the cluster. */
export function InjectorProblems({ items }: { readonly items: readonly OfferedInjector[] }) {
  const t = useTranslations('inject.injector');
  const troubled = items.filter(({ state }) => state !== 'usable');
  if (troubled.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-ink-2">
      {troubled.map(({ revision, state, problem }) => (
        <li key={revision} className="flex items-baseline gap-2">
          <StateShape state={state === 'unusable' ? 'refused' : 'missing'} />
          <span className="min-w-0 break-words">
            {t.rich(state === 'unusable' ? 'why' : 'previous', {
              name: () => <code className="text-ink">{revision}</code>,
              message: problem?.message ?? '',
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
