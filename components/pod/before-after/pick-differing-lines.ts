export interface DifferingLine {
  readonly side: 'before' | 'after';
  readonly text: string;
}

/** The lines that only one of two texts has, whatever their order: first those of `before`, then those of `after`. */
export function pickDifferingLines(before = '', after = ''): readonly DifferingLine[] {
  const [old, now] = [before, after].map((text) => text.split('\n').filter((line) => line.trim() !== ''));
  const onlyIn = (list: readonly string[] = [], other: readonly string[] = []) => {
    const left = [...other];
    return list.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return [
    ...onlyIn(old, now).map((text): DifferingLine => ({ side: 'before', text })),
    ...onlyIn(now, old).map((text): DifferingLine => ({ side: 'after', text })),
  ];
}
