import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { useErrorWords } from '@/components/shared/use-error-words';
import type { CaptureAnswer } from '@/lib/api/capture';
import type { TraceAnswer } from '@/lib/api/trace';
import { SettingOrigin } from './capture-settings-table';
import { RulesAsked } from './rules-asked';
import type { useTrace } from './use-trace';

interface PacketAnswerProps {
  readonly trace: ReturnType<typeof useTrace>;
  readonly settings: CaptureAnswer['settings'];
}

/** What became of the packet, in one sentence, with the rule and the setting behind it. */
export function PacketAnswer({ trace, settings }: PacketAnswerProps) {
  const t = useTranslations('capture.tracer');
  const words = useErrorWords();
  if (trace.error !== null) {
    return (
      <p role="alert" className="text-state-refused">
        {trace.error.code === 'invalid' ? trace.error.message : `${t('untraceable')}. ${words(trace.error).action}`}
      </p>
    );
  }
  if (trace.answer === null) return <p className="text-ink-3">{trace.isBusy ? t('tracing') : ''}</p>;
  const { answer, service, originalDestination, visits } = trace.answer;
  const setting = settings.find(({ key }) => key === answer.setting);
  return (
    <div aria-live="polite" className="grid gap-0.5">
      <p className="text-prose">
        <Phrase value={answer.says} />
      </p>
      <p className="flex flex-wrap gap-x-4 text-ink-2">
        {answer.rule !== undefined && <code className="break-words">{answer.rule.text}</code>}
        {setting !== undefined && <SettingLine setting={setting} />}
        {service !== undefined && <ServiceLine service={service} />}
        {originalDestination !== undefined && (
          <span>{t('original', { address: originalDestination.address, port: originalDestination.port })}</span>
        )}
      </p>
      <RulesAsked visits={visits} />
    </div>
  );
}

function SettingLine({ setting }: { readonly setting: CaptureAnswer['settings'][number] }) {
  const t = useTranslations('capture');
  const value = setting.value === '' ? t('settings.empty') : setting.value === '*' ? t('settings.all') : setting.value;
  return (
    <span>
      {t('tracer.setting', { setting: t(`settings.key.${setting.key}`), value })}
      {setting.from !== 'default' && (
        <>
          {', '}
          <SettingOrigin setting={setting} />
        </>
      )}
    </span>
  );
}

function ServiceLine({ service }: { readonly service: NonNullable<TraceAnswer['service']> }) {
  const t = useTranslations('capture.tracer');
  return (
    <span>
      {t('service', { name: `${service.namespace}/${service.name}` })}
      {service.endpoint !== undefined && `, ${t('endpoint', { endpoint: service.endpoint })}`}
    </span>
  );
}
