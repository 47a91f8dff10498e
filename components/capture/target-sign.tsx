import { CornerUpLeft, LogIn, MoveRight, OctagonX } from 'lucide-react';

const SIGNS: Readonly<Record<string, typeof MoveRight>> = {
  RETURN: CornerUpLeft,
  REDIRECT: LogIn,
  TPROXY: LogIn,
  DROP: OctagonX,
};

/** Back to the caller, over to a process, gone, or on to another chain; the rule's text says it in words. */
export function TargetSign({ target }: { readonly target: string }) {
  const Sign = SIGNS[target] ?? (target.startsWith('ISTIO_') ? MoveRight : null);
  return Sign === null ? null : <Sign aria-hidden="true" size={12} className="map-sign" />;
}
