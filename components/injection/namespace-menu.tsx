'use client';
import { CircleOff, Ellipsis, Eraser, ExternalLink, Power, Waypoints } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useLayoutEffect, useState } from 'react';
import { Menu } from '@/components/shared/menu';
import { useResource } from '@/components/shared/use-resource';
import { namespaceHref } from '@/lib/api/hrefs';
import type { InjectionActionName } from '@/lib/api/injection';
import { accessAnswerSchema } from '@/lib/api/namespace';
import { useRefusedReason } from './use-refused-reason';

interface NamespaceMenuProps {
  readonly name: string;
  readonly onAction: (action: InjectionActionName) => void;
  /** Leaves out the way to the page that one is on. */
  readonly isOnPage?: boolean;
}

interface RightToSwitchProps {
  readonly name: string;
  readonly onReason: (reason: string | undefined) => void;
}

/** Reads the right in a part of its own: a list has a menu per row, and most of them are never reached for. */
function RightToSwitch({ name, onReason }: RightToSwitchProps) {
  const access = useResource(`/api/v1/namespaces/${encodeURIComponent(name)}/access`, accessAnswerSchema, []);
  const reason = useRefusedReason(access, ({ patchNamespace }) => patchNamespace);
  useLayoutEffect(() => onReason(reason), [reason, onReason]);
  return null;
}

/** What can be done with a namespace. The right to do it is asked for when somebody reaches for the menu, on this very object. */
export function NamespaceMenu({ name, onAction, isOnPage = false }: NamespaceMenuProps) {
  const t = useTranslations('namespaces.menu');
  const [isNear, setIsNear] = useState(false);
  const [reason, setReason] = useState<string>();
  const act = (id: InjectionActionName, icon: typeof Power) => ({
    id,
    label: t(id),
    icon,
    disabledReason: reason,
    onSelect: () => onAction(id),
  });
  return (
    <>
      {isNear && <RightToSwitch name={name} onReason={setReason} />}
      <Menu
        align="end"
        trigger={
          <button
            type="button"
            className="icon-button"
            aria-label={t('label', { name })}
            onPointerEnter={() => setIsNear(true)}
            onFocus={() => setIsNear(true)}
          >
            <Ellipsis aria-hidden="true" size={16} />
          </button>
        }
        items={[
          act('enable', Power),
          act('disable', CircleOff),
          act('unset', Eraser),
          ...(isOnPage
            ? []
            : [{ id: 'open', label: t('open'), icon: ExternalLink, href: namespaceHref(name), startsGroup: true }]),
          {
            id: 'graph',
            label: t('graph'),
            icon: Waypoints,
            href: `/graph?namespaces=${encodeURIComponent(name)}`,
            ...(isOnPage ? { startsGroup: true } : {}),
          },
        ]}
      />
    </>
  );
}
