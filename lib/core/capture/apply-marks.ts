import type { Packet } from './packet';
import { type MaskedNumber, readMask } from './read-rule-value';
import type { Rule } from './rule-types';
import { hasOnly, optionsOf } from './target-options';

/** The packet after MARK or CONNMARK; nothing for options that cannot be read. Source: iptables-extensions(8). */
export function setMarks(rule: Rule, packet: Packet): Packet | undefined {
  const options = optionsOf(rule);
  const first = rule.targetOptions[0];
  if (first === undefined) return undefined;
  if (rule.target === 'CONNMARK' && (first.option === '--save-mark' || first.option === '--restore-mark'))
    return copyMark(options, first.option === '--save-mark', packet);
  const change = rule.targetOptions.length === 1 ? readChange(first.option, first.value) : undefined;
  if (change === undefined) return undefined;
  const key = rule.target === 'MARK' ? 'mark' : 'connectionMark';
  return { ...packet, [key]: change(packet[key]) };
}

function readChange(option: string, text: string): ((old: number) => number) | undefined {
  const read = readMask(text);
  if (read === undefined) return undefined;
  const { value, mask } = read;
  switch (option) {
    case '--set-xmark':
      return (old) => combine(old, read);
    case '--set-mark':
      // Bits of the value count as written even outside of the mask.
      return (old) => combine(old, { value, mask: (mask | value) >>> 0 });
    case '--and-mark':
      return (old) => (old & value) >>> 0;
    case '--or-mark':
      return (old) => (old | value) >>> 0;
    case '--xor-mark':
      return (old) => (old ^ value) >>> 0;
    default:
      return undefined;
  }
}

/** (old AND NOT mask) XOR value, unsigned. */
export function combine(old: number, { value, mask }: MaskedNumber): number {
  return ((old & ~mask) ^ value) >>> 0;
}

function copyMark(options: ReadonlyMap<string, string>, isSave: boolean, packet: Packet): Packet | undefined {
  const both = options.get('--mask');
  const nfmask = readMask(both ?? options.get('--nfmask') ?? '0xffffffff')?.value;
  const ctmask = readMask(both ?? options.get('--ctmask') ?? '0xffffffff')?.value;
  const isKnown = hasOnly(options, '--save-mark', '--restore-mark', '--nfmask', '--ctmask', '--mask');
  if (nfmask === undefined || ctmask === undefined || !isKnown) return undefined;
  const { mark, connectionMark } = packet;
  if (isSave) {
    const saved = ((connectionMark & ~ctmask) ^ (mark & nfmask)) >>> 0;
    return { ...packet, connectionMark: saved };
  }
  const restored = ((mark & ~nfmask) ^ (connectionMark & ctmask)) >>> 0;
  return { ...packet, mark: restored };
}
