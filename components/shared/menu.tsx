'use client';
import type { LucideIcon } from 'lucide-react';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import { Fragment, type ReactNode } from 'react';

export interface MenuItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly icon?: LucideIcon;
  readonly onSelect?: () => void;
  readonly href?: string;
  /** Why the item cannot be chosen; shown under it. */
  readonly disabledReason?: string | undefined;
  readonly isChecked?: boolean;
  /** Draws a line above. */
  readonly startsGroup?: boolean;
}

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly align?: 'start' | 'end';
}

const ITEM =
  'flex min-h-8 w-full items-center gap-2 rounded-sm px-2 py-1 text-left outline-none data-[highlighted]:bg-accent-bg data-[disabled]:text-ink-3';

function ItemBody({ item }: { readonly item: MenuItem }) {
  const Icon = item.icon;
  return (
    <>
      {Icon !== undefined && <Icon aria-hidden="true" size={14} className="shrink-0 text-ink-3" />}
      <span className="min-w-0 flex-1">
        {item.label}
        {item.disabledReason !== undefined && (
          <span className="block max-w-64 text-sm text-ink-3">{item.disabledReason}</span>
        )}
      </span>
      {item.isChecked === true && <Check aria-hidden="true" size={14} className="text-accent" />}
    </>
  );
}

function Item({ item }: { readonly item: MenuItem }) {
  if (item.isChecked !== undefined) {
    return (
      <DropdownMenu.CheckboxItem checked={item.isChecked} onSelect={() => item.onSelect?.()} className={ITEM}>
        <ItemBody item={item} />
      </DropdownMenu.CheckboxItem>
    );
  }
  if (item.href !== undefined) {
    return (
      <DropdownMenu.Item asChild className={ITEM}>
        <Link href={item.href}>
          <ItemBody item={item} />
        </Link>
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.Item disabled={item.disabledReason !== undefined} onSelect={() => item.onSelect?.()} className={ITEM}>
      <ItemBody item={item} />
    </DropdownMenu.Item>
  );
}

/** A menu behind a button. It does not lock the page: a lock would write style elements that our policy forbids. */
export function Menu({ trigger, items, align = 'start' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-40 rounded-md border border-line bg-panel p-1 shadow-float"
        >
          {items.map((item) => (
            <Fragment key={item.id}>
              {item.startsGroup === true && <DropdownMenu.Separator className="mx-1 my-1 h-px bg-line" />}
              <Item item={item} />
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
