'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ApiError } from '@/components/shared/api-error';
import { Dialog } from '@/components/shared/dialog';
import type { InjectionActionName, InjectionResult } from '@/lib/api/injection';
import type { RestartedWorkload } from './restart-all';
import { ToggleOutcome } from './toggle-outcome';
import { TogglePlan } from './toggle-plan';

interface ToggleDialogProps {
  readonly names: readonly string[];
  readonly action: InjectionActionName;
  readonly onClose: () => void;
}

/** What was done: the labels, and the workloads that were told to restart. */
export interface ToggleDone {
  readonly result: InjectionResult;
  readonly restarted: readonly RestartedWorkload[];
  /** Why the restarts stopped; the label is written all the same. */
  readonly failure?: ApiError;
}

/** Switches namespaces one after the other: each shows its own plan first, then follows its own rollout. */
export function ToggleDialog({ names, action, onClose }: ToggleDialogProps) {
  const t = useTranslations('toggle');
  const [index, setIndex] = useState(0);
  const [done, setDone] = useState<ToggleDone>();
  const name = names[index];
  if (name === undefined) return null;
  const next = names[index + 1];
  const goOn = () => {
    setDone(undefined);
    setIndex(index + 1);
  };
  const title = done === undefined ? t(`title.${action}`, { name }) : t('done.title', { name });
  const place = names.length > 1 ? t('place', { index: index + 1, count: names.length }) : undefined;
  const shared = { name, title, place, onClose };
  return done === undefined ? (
    <TogglePlan
      key={name}
      {...shared}
      action={action}
      onDone={setDone}
      onSkip={next === undefined ? undefined : goOn}
    />
  ) : (
    <ToggleOutcome {...shared} done={done} onNext={next === undefined ? undefined : goOn} />
  );
}

/** The dialog's shell, shared by its two halves. */
export function ToggleFrame(props: {
  readonly title: string;
  readonly place: string | undefined;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
  readonly footer: React.ReactNode;
}) {
  const { title, place, onClose, children, footer } = props;
  return (
    <Dialog
      isOpen
      isTall
      onClose={onClose}
      size="widest"
      title={title}
      footer={footer}
      {...(place === undefined ? {} : { description: place })}
    >
      {children}
    </Dialog>
  );
}
