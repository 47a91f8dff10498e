'use client';
import { useTranslations } from 'next-intl';
import type { AnatomyGate } from '@/lib/api/pod-diff';
import { AnatomyPart, type Lights } from './anatomy-part';
import { GATE_KEY } from './light-parts';
import { GateDetails } from './part-details';

/** The capture rules as a gate that packets from outside pass. */
export function AnatomyGateBar({ gate, lights }: { readonly gate: AnatomyGate; readonly lights: Lights }) {
  const t = useTranslations('pod.beforeAfter.anatomy');
  return (
    <div className="anatomy-gate">
      <AnatomyPart
        partKey={GATE_KEY}
        lights={lights}
        mark={gate.mark}
        label={t('details', { name: 'iptables' })}
        className="anatomy-bar"
        side="right"
        details={<GateDetails gate={gate} />}
      >
        <span className="anatomy-gate-name">
          iptables
          {gate.mode !== 'REDIRECT' && <span className="block">{gate.mode}</span>}
        </span>
      </AnatomyPart>
    </div>
  );
}
