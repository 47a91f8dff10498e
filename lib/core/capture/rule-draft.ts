import type { Phrase } from '@/lib/core/phrase';
import { type CaptureConfig, PASSTHROUGH_SOURCE, splitList } from './capture-config';
import type { Family, RuleDraft, TableName } from './rule-types';

/** A rule at the end of a chain. */
export function append(table: TableName, chain: string, text: string, meaning: Phrase): RuleDraft {
  return { table, chain, text, meaning };
}

/** A rule at a position of a chain, counted from 1. */
export function insert(table: TableName, chain: string, insertAt: number, text: string, meaning: Phrase): RuleDraft {
  return { table, chain, insertAt, text, meaning };
}

/** `capture.rule.<code>` with its values. */
export function ruleMeaning(code: string, values?: Readonly<Record<string, string | number>>): Phrase {
  return values === undefined ? { code: `capture.rule.${code}` } : { code: `capture.rule.${code}`, values };
}

/** The loopback range that counts as "itself"; only IPv4's can be set. */
export function loopbackCidr(config: CaptureConfig, family: Family): string {
  return family === 'ipv4' ? config.loopbackCidr : '::1/128';
}

export function passthroughCidr(family: Family): string {
  return family === 'ipv4' ? `${PASSTHROUGH_SOURCE.ipv4}/32` : `${PASSTHROUGH_SOURCE.ipv6}/128`;
}

export interface ProxyIdentity {
  readonly kind: 'uid' | 'gid';
  readonly option: '--uid-owner' | '--gid-owner';
  readonly value: string;
}

/** Who counts as the proxy: every uid, then every gid. */
export function proxyIdentities(config: CaptureConfig): readonly ProxyIdentity[] {
  return [
    ...splitList(config.proxyUid).map((value) => ({ kind: 'uid', option: '--uid-owner', value }) as const),
    ...splitList(config.proxyGid).map((value) => ({ kind: 'gid', option: '--gid-owner', value }) as const),
  ];
}
