interface WireProps {
  /** Nothing answers at its end. */
  readonly isCut: boolean;
  /** Nothing passes here, which is no fault. */
  readonly isQuiet: boolean;
  readonly label: string;
}

/** A wire with its arrow; dashed and red where nothing answers, faint where nothing passes. */
export function Wire({ isCut, isQuiet, label }: WireProps) {
  const ink = isQuiet ? 'text-line-2' : isCut ? 'text-state-refused' : 'text-edge';
  const isDashed = isCut || isQuiet;
  return (
    <div className={`flex min-w-0 flex-col items-stretch justify-center px-1.5 ${ink}`}>
      <span
        className={`min-h-4 text-center text-[0.6875rem] leading-4 whitespace-nowrap ${isQuiet ? 'text-ink-3' : isCut ? '' : 'text-ink-2'}`}
      >
        {label}
      </span>
      <span aria-hidden="true" className="flex items-center">
        <span className={`h-0 flex-1 border-t-[1.5px] border-current ${isDashed ? 'border-dashed' : ''}`} />
        <span className="size-0 border-y-4 border-l-6 border-y-transparent border-l-current" />
      </span>
      <span aria-hidden="true" className="h-4" />
    </div>
  );
}
