import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import type { CaptureFamilyAnswer, PacketRequestBody } from '@/lib/api/capture';

interface TrafficFactsProps {
  readonly facts: CaptureFamilyAnswer['facts'];
  readonly onTrace: (request: PacketRequestBody) => void;
}

/** What people do not expect of this pod's traffic; each can be seen in the picture by tracing its packet. */
export function TrafficFacts({ facts, onTrace }: TrafficFactsProps) {
  const t = useTranslations('capture');
  const trace = (request: PacketRequestBody) => {
    onTrace(request);
    window.scrollTo({ top: 0 });
  };
  return (
    <section>
      <h2 className="text-prose font-semibold">{t('facts')}</h2>
      <ul className="mt-1 max-w-prose-wide list-disc pl-5 text-ink-2">
        {facts.map(({ says, request }) => (
          <li key={says.code} className="py-0.5">
            <Phrase value={says} />{' '}
            {request !== undefined && (
              <button type="button" className="link" onClick={() => trace(request)}>
                {t('traceFact')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
