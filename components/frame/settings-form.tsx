'use client';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { writeCookie } from '@/components/shared/browser-cookie';
import { Checkbox } from '@/components/shared/checkbox';
import { KEYS_COOKIE, THEMES, type Theme } from '@/components/shared/preferences';
import { setSingleKeys } from '@/components/shared/shortcuts';
import { LOCALE_COOKIE, LOCALE_NAMES, LOCALES } from '@/lib/i18n/locales';
import { useTheme } from './set-theme';

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ name, label, hint, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <fieldset className="border-t border-line py-4">
      <legend className="float-left w-44 font-semibold">{label}</legend>
      <div className="ml-44 max-sm:clear-both max-sm:ml-0 max-sm:pt-2">
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {options.map((option) => (
            <label key={option.value} className="inline-flex items-center gap-2">
              <input
                type="radio"
                name={name}
                checked={option.value === value}
                onChange={() => onChange(option.value)}
                className="size-3.75 accent-accent"
              />
              {option.label}
            </label>
          ))}
        </div>
        <p className="mt-1.5 max-w-prose text-ink-3">{hint}</p>
      </div>
    </fieldset>
  );
}

interface SettingsFormProps {
  readonly theme: Theme;
  readonly hasSingleKeys: boolean;
}

/** What a reader may change about this browser's view. Each choice acts at once. */
export function SettingsForm({ theme: initialTheme, hasSingleKeys }: SettingsFormProps) {
  const t = useTranslations('frame');
  const locale = useLocale();
  const router = useRouter();
  const [theme, setTheme] = useTheme(initialTheme);
  const [isSingleOn, setIsSingleOn] = useState(hasSingleKeys);
  return (
    <div className="max-w-prose-wide border-b border-line">
      <Choice
        name="language"
        label={t('settings.language')}
        hint={t('settings.languageHint')}
        value={locale}
        options={LOCALES.map((value) => ({ value, label: <span lang={value}>{LOCALE_NAMES[value].name}</span> }))}
        onChange={(next) => {
          writeCookie(LOCALE_COOKIE, next);
          router.refresh();
        }}
      />
      <Choice
        name="theme"
        label={t('settings.theme')}
        hint={t('settings.themeHint')}
        value={theme}
        options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChange={setTheme}
      />
      <fieldset className="border-t border-line py-4">
        <legend className="float-left w-44 font-semibold">{t('settings.keys')}</legend>
        <div className="ml-44 max-sm:clear-both max-sm:ml-0 max-sm:pt-2">
          <Checkbox
            label={t('settings.keysLabel')}
            isLabelShown
            isChecked={isSingleOn}
            onChange={(isOn) => {
              setIsSingleOn(isOn);
              setSingleKeys(isOn);
              writeCookie(KEYS_COOKIE, isOn ? 'on' : 'off');
            }}
          />
          <p className="mt-1.5 max-w-prose text-ink-3">{t('settings.keysHint')}</p>
        </div>
      </fieldset>
    </div>
  );
}
