'use client';
import { useMemo, useState } from 'react';
import type { CaptureMapAnswer } from '@/lib/api/capture';
import { findRelatedParts } from '@/lib/core/capture/find-related-parts';

export type Flow = Pick<CaptureMapAnswer['flows'][number], 'id' | 'steps'>;

export interface MapLight {
  /** Nothing is lit when null: the whole picture shows in its plain colours. */
  readonly lit: ReadonlySet<string> | null;
  /** The part under the pointer or with focus. */
  readonly pointed: string | null;
  readonly flow: Flow | null;
  /** The step of the flow under the pointer, from 0. */
  readonly step: number | null;
  readonly point: (id: string | null) => void;
  readonly pointStep: (step: number | null) => void;
}

/** What is lit: the part pointed at with all that belongs to it, else one step of the chosen flow, else the flow. */
export function useMapLight(map: CaptureMapAnswer, flow: Flow | null): MapLight {
  const [pointed, point] = useState<string | null>(null);
  const [step, pointStep] = useState<number | null>(null);
  const lit = useMemo(() => {
    if (pointed !== null) return findRelatedParts(map, pointed);
    if (flow === null) return null;
    const steps = step === null ? flow.steps : flow.steps.slice(step, step + 1);
    return new Set(steps.flatMap((one) => one.ids));
  }, [map, pointed, flow, step]);
  return { lit, pointed, flow, step, point, pointStep };
}

/** The numbers, from 1, of the flow's steps at which a part is met; empty without a flow. */
export function stepNumbers(flow: Flow | null, ruleId: string): readonly number[] {
  return (flow?.steps ?? []).flatMap(({ ids }, index) => (ids.includes(ruleId) ? [index + 1] : []));
}

export const lightOf = (lit: ReadonlySet<string> | null, id: string): 'plain' | 'on' | 'off' =>
  lit === null ? 'plain' : lit.has(id) ? 'on' : 'off';
