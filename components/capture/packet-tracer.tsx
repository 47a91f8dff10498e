'use client';
import { ChevronDown, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Menu, type MenuItem } from '@/components/shared/menu';
import { Phrase } from '@/components/shared/phrase';
import type { CaptureAnswer, CaptureFamilyAnswer, PacketRequestBody } from '@/lib/api/capture';
import { PacketAnswer } from './packet-answer';
import { type PacketFields, readFields, toFields } from './packet-fields';
import { PacketForm } from './packet-form';
import type { useTrace } from './use-trace';

interface PacketTracerProps {
  readonly request: PacketRequestBody;
  readonly onRequest: (request: PacketRequestBody | null) => void;
  readonly family: Pick<CaptureFamilyAnswer, 'presets'>;
  readonly answer: Pick<CaptureAnswer, 'services' | 'settings'>;
  readonly trace: ReturnType<typeof useTrace>;
}

/** Time to type a whole number or address before it is traced. */
const TYPING_MS = 250;

/** The packet tracer: an imagined packet, and what becomes of it. The picture below lights its way. */
export function PacketTracer({ request, onRequest, family, answer, trace }: PacketTracerProps) {
  const t = useTranslations('capture.tracer');
  const [fields, setFields] = useState(() => toFields(request));
  const [typed, setTyped] = useState<PacketFields | null>(null);
  const { problems } = readFields(fields);
  const asked = JSON.stringify(request);
  // A packet that comes from elsewhere (a preset, the address, the way back) fills the fields; one typed here is there already.
  useEffect(() => {
    const outside: PacketRequestBody = JSON.parse(asked);
    setFields((now) => (JSON.stringify(readFields(now).request) === asked ? now : toFields(outside)));
  }, [asked]);
  useEffect(() => {
    if (typed === null) return;
    const read = readFields(typed).request;
    const timer = setTimeout(() => {
      setTyped(null);
      if (read !== undefined) onRequest(read);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, onRequest]);
  const change = (part: Partial<PacketFields>) => {
    const next = { ...fields, ...part };
    setFields(next);
    setTyped(next);
  };
  return (
    <section aria-label={t('title')} className="packet-tracer">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <PacketForm fields={fields} problems={problems} services={answer.services} onChange={change} />
        <div className="ml-auto flex items-center gap-2 pt-5">
          <Menu
            align="end"
            trigger={<MenuButton>{t('presets')}</MenuButton>}
            items={family.presets.map(({ id, label, request: preset }) => ({
              id,
              label: <Phrase value={label} />,
              onSelect: () => onRequest(preset),
            }))}
          />
          {answer.services.length > 0 && (
            <Menu
              align="end"
              trigger={<MenuButton>{t('services')}</MenuButton>}
              items={toServiceItems(answer.services, onRequest)}
            />
          )}
          <button type="button" className="icon-button" aria-label={t('close')} onClick={() => onRequest(null)}>
            <X aria-hidden="true" size={16} />
          </button>
        </div>
      </div>
      <PacketAnswer trace={trace} settings={answer.settings} />
    </section>
  );
}

function MenuButton({ children, ...rest }: React.ComponentProps<'button'>) {
  return (
    <button type="button" className="button" {...rest}>
      {children}
      <ChevronDown aria-hidden="true" size={14} />
    </button>
  );
}

function toServiceItems(
  services: CaptureAnswer['services'],
  onRequest: (request: PacketRequestBody) => void,
): readonly MenuItem[] {
  return services.flatMap(({ name, ports }) =>
    ports.map(({ port, protocol }) => ({
      id: `${name}:${protocol}:${port}`,
      label: (
        <span className="mono">
          {name}:{port}
          {protocol === 'udp' ? ' UDP' : ''}
        </span>
      ),
      onSelect: () => onRequest({ direction: 'out', protocol, destination: name, destinationPort: port }),
    })),
  );
}
