'use client';
import './inject-page.css';
import { Link2, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { announce } from '@/components/shared/announce';
import { HowThisWorks } from '@/components/shared/how-this-works';
import { PageHead } from '@/components/shared/page-head';
import { usePhraseText } from '@/components/shared/phrase';
import { useResource } from '@/components/shared/use-resource';
import { useShortcut } from '@/components/shared/use-shortcut';
import { injectorsAnswerSchema, type RefusalReason } from '@/lib/api/inject';
import type { EditorFault } from './editor-faults';
import { EXAMPLE } from './example.data';
import { EMPTY_INPUT, findLack, type InjectInput, isSameRequest, toRequest } from './inject-input';
import { InjectSettings } from './inject-settings';
import { InjectVerdict, useVerdictText } from './inject-verdict';
import { ManifestBox } from './manifest-box';
import type { EditorPlace } from './manifest-editor';
import { ObjectDetail } from './object-detail';
import { ResultBox } from './result-box';
import { useLink } from './use-link';
import { type Rendering, useRender } from './use-render';

const KINDS = ['configmaps', 'deployments', 'mutatingwebhookconfigurations'];
const HOW = ['engine', 'injector', 'namespace', 'thread', 'private', 'nothing'] as const;

function listFaults(end: Rendering, toText: (phrase: RefusalReason['phrase']) => string): readonly EditorFault[] {
  const objects = end.status === 'done' ? end.answer.objects : [];
  return objects.flatMap(({ reasons }) => reasons.map(({ line, phrase }) => ({ line, text: toText(phrase) })));
}

/** Manifests in, injected manifests out, with what was added and why. */
export function InjectPage() {
  const t = useTranslations('inject');
  const toText = usePhraseText();
  const verdictText = useVerdictText();
  const injectors = useResource('/api/v1/injectors', injectorsAnswerSchema, KINDS);
  const [input, setInput] = useState(EMPTY_INPUT);
  const [selected, setSelected] = useState(0);
  const [place, setPlace] = useState<EditorPlace>();
  /** Asked to render before the injectors of the cluster were known. */
  const [isWaiting, setIsWaiting] = useState(false);
  const [lack, setLack] = useState<ReturnType<typeof findLack>>();
  const [faults, setFaults] = useState<readonly EditorFault[]>([]);
  const { rendering, render, cancel } = useRender((end: Rendering) => {
    setFaults(listFaults(end, toText));
    if (end.status !== 'done') return announce(t('result.failed'));
    setSelected(end.answer.objects.findIndex(({ comparison }) => comparison !== undefined));
    return announce(verdictText(end.answer.objects));
  });

  const offered = injectors.status === 'ready' ? injectors.value.items : [];
  const preferred = offered.find(({ state }) => state !== 'unusable')?.revision ?? '';
  const current = input.revision === '' ? { ...input, revision: preferred } : input;
  const change = (part: Partial<InjectInput>) => {
    setLack(undefined);
    setInput({ ...current, ...part });
  };
  const start = (wanted: InjectInput) => {
    const missing = findLack(wanted);
    const isEarly = missing === 'injector' && injectors.status === 'loading';
    setIsWaiting(isEarly);
    setLack(isEarly ? undefined : missing);
    if (missing === undefined) render(toRequest(wanted));
  };
  const startWaiting = useEffectEvent(() => start(current));
  useEffect(() => {
    if (isWaiting && injectors.status !== 'loading') startWaiting();
  }, [isWaiting, injectors.status]);
  const startCurrent = () => start(current);
  useShortcut('mod+enter', t('render'), startCurrent);
  const copyLink = useLink((linked) => {
    setInput(linked);
    start(linked);
  });

  const isOld = rendering.status === 'done' && !isSameRequest(rendering.request, toRequest(current));
  const chosen = rendering.status === 'done' ? rendering.answer.objects[selected] : undefined;
  return (
    <>
      <PageHead
        title={t('title')}
        verdict={rendering.status === 'done' ? <InjectVerdict answer={rendering.answer} /> : t('verdict')}
        actions={
          <button
            type="button"
            className="button"
            disabled={current.manifests === ''}
            onClick={() => copyLink(current)}
          >
            <Link2 aria-hidden="true" size={14} />
            {t('link.copy')}
          </button>
        }
      />
      <HowThisWorks lines={HOW.map((line) => t(`how.${line}`))} />
      <InjectSettings
        injectors={injectors}
        input={current}
        onChange={change}
        action={
          <>
            {lack !== undefined && (
              <span role="alert" className="text-state-refused">
                {t(`lack.${lack}`)}
              </span>
            )}
            <button type="button" className="button button-primary" onClick={startCurrent}>
              <Play aria-hidden="true" size={14} />
              {t('render')}
              <span aria-hidden="true" className="inject-key">
                Ctrl ↵
              </span>
            </button>
          </>
        }
      />
      <div className="inject-panes">
        <ManifestBox
          text={current.manifests}
          onChange={(manifests) => change({ manifests })}
          onRender={startCurrent}
          faults={faults}
          place={place}
        />
        <ResultBox
          rendering={isWaiting ? { status: 'busy' } : rendering}
          isOld={isOld}
          selected={selected}
          onSelect={setSelected}
          onPlace={(line, column) => setPlace({ line, column })}
          onRender={startCurrent}
          onCancel={cancel}
          onExample={() => {
            change({ manifests: EXAMPLE });
            start({ ...current, manifests: EXAMPLE });
          }}
        />
      </div>
      {chosen !== undefined && <ObjectDetail object={chosen} />}
    </>
  );
}
