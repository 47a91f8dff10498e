import { useTranslations } from 'next-intl';
import type { PreviewAmounts } from '@/lib/api/preview';

export const isNothing = ({ cpu, memory }: PreviewAmounts): boolean => cpu === '0' && memory === '0';

/** CPU and memory, as one writes them in a manifest. */
export function Amounts({
  value: { cpu, memory },
  isSigned = false,
}: {
  readonly value: PreviewAmounts;
  readonly isSigned?: boolean;
}) {
  const t = useTranslations('preview.amounts');
  const sign = (text: string) => (isSigned && !/^[-−0]/.test(text) ? `+${text}` : text);
  return (
    <span className="mono whitespace-nowrap" title={t('title')}>
      {sign(cpu)}
      <span className="text-ink-3"> / </span>
      {sign(memory)}
    </span>
  );
}
