'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { Choice } from '@/components/pod/before-after/choice';
import { Term } from '@/components/shared/term';
import type { Loadable } from '@/components/shared/use-resource';
import { type InjectorsAnswer, injectEngineSchema } from '@/lib/api/inject';
import type { InjectInput } from './inject-input';
import { InjectorProblems, InjectorSelect } from './injector-select';
import { UploadFields } from './upload-fields';

const NATIVE = ['cluster', 'yes', 'no'] as const satisfies readonly InjectInput['native'][];

interface InjectSettingsProps {
  readonly injectors: Loadable<InjectorsAnswer>;
  readonly input: InjectInput;
  readonly onChange: (change: Partial<InjectInput>) => void;
  /** Stands at the end of the line: the act itself. */
  readonly action: ReactNode;
}

/** With which injector, how, and into which namespace. */
export function InjectSettings({ injectors, input, onChange, action }: InjectSettingsProps) {
  const t = useTranslations('inject');
  const id = useId();
  return (
    <section aria-label={t('settings')} className="mb-4 flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-x-5 gap-y-3">
        <Field label={t('injector.label')} id={`${id}injector`}>
          <InjectorSelect id={`${id}injector`} injectors={injectors} input={input} onChange={onChange} />
        </Field>
        <Field label={t('engine.label')}>
          <Choice
            label={t('engine.label')}
            options={injectEngineSchema.options.map((engine) => ({ id: engine, label: t(`engine.${engine}`) }))}
            value={input.engine}
            onChange={(engine) => onChange({ engine })}
          />
        </Field>
        <Field label={t('namespace')} id={`${id}namespace`}>
          <input
            id={`${id}namespace`}
            className="field mono w-40"
            value={input.namespace}
            onChange={({ target }) => onChange({ namespace: target.value })}
            spellCheck={false}
            autoComplete="off"
          />
        </Field>
        <Field label={<Term id="native-sidecar">{t('native.label')}</Term>}>
          <select
            aria-label={t('native.label')}
            className="field"
            value={input.native}
            onChange={({ target }) => {
              const native = NATIVE.find((each) => each === target.value);
              if (native !== undefined) onChange({ native });
            }}
          >
            {NATIVE.map((native) => (
              <option key={native} value={native}>
                {t(`native.${native}`)}
              </option>
            ))}
          </select>
        </Field>
        <div className="ml-auto flex items-center gap-2">{action}</div>
      </div>
      <p className="max-w-prose-wide text-sm text-ink-3">{t(`engine.hint.${input.engine}`)}</p>
      {injectors.status === 'ready' && <InjectorProblems items={injectors.value.items} />}
      {input.injector === 'upload' && (
        <UploadFields upload={input.upload} onChange={(upload) => onChange({ upload })} />
      )}
    </section>
  );
}

interface FieldProps {
  readonly label: ReactNode;
  /** Of the field; without it the field has its own label. */
  readonly id?: string;
  readonly children: ReactNode;
}

function Field({ label, id, children }: FieldProps) {
  return (
    <div className="min-w-0">
      {id === undefined ? (
        <p className="mb-1 text-sm text-ink-3">{label}</p>
      ) : (
        <label htmlFor={id} className="mb-1 block text-sm text-ink-3">
          {label}
        </label>
      )}
      {children}
    </div>
  );
}
