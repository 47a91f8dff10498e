'use client';
import { useEffect, useState } from 'react';
import { onAnnounce } from '@/components/shared/announce';

/** Reads out what was announced. The same text twice gets a trailing space, or it would stay unread. */
export function LiveRegion() {
  const [text, setText] = useState('');
  useEffect(() => onAnnounce((next) => setText((last) => (last === next ? `${next}\u00a0` : next))), []);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
