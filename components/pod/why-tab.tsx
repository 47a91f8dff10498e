import { useTranslations } from 'next-intl';
import { GateList } from '@/components/injection/gate-list';
import { HazardList } from '@/components/injection/hazard-list';
import { RealityCheck } from '@/components/injection/reality-check';
import { HowThisWorks } from '@/components/shared/how-this-works';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import type { PodAnswer } from '@/lib/api/pod-head';
import { Remedies } from './remedies';

/** Why this pod has a sidecar or none: the gates that it met, in order, and what would change the answer. */
export function WhyTab({ answer }: { readonly answer: PodAnswer }) {
  const t = useTranslations('podPage.why');
  const { verdict, mode, workload, namespace } = answer;
  const servedBy = verdict.servedBy ?? mode.servedBy;
  return (
    <div className="grid gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0">
        <HowThisWorks
          lines={[
            t('how.webhook'),
            t('how.namespace', { namespace, label: mode.label === '' ? t('noLabel') : mode.label }),
            t('how.called', { webhook: servedBy?.webhook ?? t('nobody') }),
            t('how.injector'),
            t('how.once'),
            t('how.restart', { workload: `${workload.kind} ${workload.name}` }),
          ]}
        />
        <GateList gates={verdict.gates} />
        {verdict.rendering !== undefined && <RealityCheck rendering={verdict.rendering} />}
      </div>
      <aside className="flex min-w-0 flex-col gap-6">
        <Remedies
          namespace={namespace}
          workload={workload}
          remedies={verdict.remedies}
          isFine={verdict.remedies.length === 0}
        />
        <HazardList hazards={verdict.hazards} />
        {(verdict.notes.length > 0 || mode.notes.length > 0) && (
          <section>
            <h2 className="mb-2 text-prose font-semibold">{t('notes')}</h2>
            <ul className="flex flex-col gap-2">
              {[...verdict.notes, ...mode.notes].map((note) => (
                <li
                  key={`${note.code} ${JSON.stringify(note.values)}`}
                  className="flex items-baseline gap-2 text-ink-2"
                >
                  <span className="translate-y-px">
                    <StateShape state="not-injected" size={10} />
                  </span>
                  <span className="min-w-0 break-words">
                    <Phrase value={note} />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </aside>
    </div>
  );
}
