import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { InjectedPart } from '@/lib/api/inject';

interface YamlLinesProps {
  readonly yaml: string;
  readonly part: InjectedPart | undefined;
}

/** The pod after injection, with the lines of one part lit and in sight. */
export function YamlLines({ yaml, part }: YamlLinesProps) {
  const t = useTranslations('inject.parts');
  const frame = useRef<HTMLElement>(null);
  const { first = 0, last = -1 } = part?.lines ?? {};
  useEffect(() => {
    const box = frame.current;
    const line = box?.querySelector<HTMLElement>(`[data-line="${first}"]`);
    if (box === null || line === null || line === undefined) return;
    box.scrollTop = line.offsetTop - box.clientHeight / 3;
  }, [first]);
  return (
    <section
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={t('after')}
      className="part-yaml"
    >
      {yaml
        .trimEnd()
        .split('\n')
        .map((text, index) => {
          const number = index + 1;
          const isLit = number >= first && number <= last;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
            <span key={index} className="part-line" data-line={number} data-lit={isLit}>
              <span className="part-number" aria-hidden="true">
                {number}
              </span>
              {isLit ? <mark>{text}</mark> : text}
              {'\n'}
            </span>
          );
        })}
    </section>
  );
}
