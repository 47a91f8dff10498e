'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { copyText } from '@/components/shared/copy-text';
import { showToast } from '@/components/shared/toast-store';
import { EMPTY_INPUT, type InjectInput } from './inject-input';
import { type LinkedInput, readFragment, toFragment } from './permalink';

/** Takes the input that the address carries, now and when it changes; and writes the address of an input. */
export function useLink(onInput: (input: InjectInput) => void): (input: InjectInput) => void {
  const t = useTranslations('inject.link');
  const latest = useRef({ onInput, broken: t('broken'), brokenHint: t('brokenHint') });
  useEffect(() => {
    latest.current = { onInput, broken: t('broken'), brokenHint: t('brokenHint') };
  });
  useEffect(() => {
    const read = async () => {
      const linked = await readFragment(location.hash);
      const { onInput: take, broken, brokenHint } = latest.current;
      if (linked === null) showToast({ tone: 'failed', text: broken, detail: brokenHint });
      else if (linked !== undefined) take(toInput(linked));
    };
    const listener = () => void read();
    listener();
    window.addEventListener('hashchange', listener);
    return () => window.removeEventListener('hashchange', listener);
  }, []);

  return (input) => {
    void (async () => {
      if (input.injector === 'upload') return showToast({ tone: 'note', text: t('upload'), detail: t('uploadHint') });
      const fragment = await toFragment(toLinked(input));
      if (fragment === undefined) return showToast({ tone: 'note', text: t('long'), detail: t('longHint') });
      history.replaceState(history.state, '', fragment);
      const isCopied = await copyText(location.href);
      return showToast({ tone: 'done', text: t(isCopied ? 'copied' : 'inAddress'), detail: t('private') });
    })();
  };
}

function toInput({ native, ...linked }: LinkedInput): InjectInput {
  return { ...EMPTY_INPUT, ...linked, native: native === undefined ? 'cluster' : native ? 'yes' : 'no' };
}

function toLinked({ manifests, revision, engine, namespace, native }: InjectInput): LinkedInput {
  return { manifests, revision, engine, namespace, ...(native === 'cluster' ? {} : { native: native === 'yes' }) };
}
