import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('app/theme.css', 'utf8');
const darkAt = css.indexOf('@variant dark {');
const readColors = (text: string) =>
  new Map([...text.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
const light = readColors(css.slice(0, darkAt));
const dark = new Map([...light, ...readColors(css.slice(darkAt))]);

const channel = (hex: string) => {
  const share = Number.parseInt(hex, 16) / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
const luminance = (color: string) =>
  0.2126 * channel(color.slice(1, 3)) + 0.7152 * channel(color.slice(3, 5)) + 0.0722 * channel(color.slice(5, 7));
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['surface', 'panel', 'sunk', 'hover', 'accent-bg'];
const STATES = ['injected', 'outdated', 'off', 'missing', 'refused', 'ambient', 'planned', 'unknown'];
const PAIRS: readonly (readonly [ink: string, ground: string, atLeast: number])[] = [
  ...['ink', 'ink-2', 'ink-3', 'accent'].flatMap((ink) => GROUNDS.map((ground) => [ink, ground, 4.5] as const)),
  ...STATES.flatMap((state) =>
    [...GROUNDS, `state-${state}-bg`].map((ground) => [`state-${state}`, ground, 4.5] as const),
  ),
  ...STATES.flatMap((state) => ['ink', 'ink-2'].map((ink) => [ink, `state-${state}-bg`, 4.5] as const)),
  ['accent-ink', 'accent', 4.5],
  ...['surface', 'panel', 'sunk'].map((ground) => ['edge', ground, 3] as const),
];

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('the %s theme', (_theme, colors) => {
  it.each(PAIRS)('%s on %s reaches %f:1', (ink, ground, atLeast) => {
    const [text, behind] = [colors.get(ink), colors.get(ground)];
    if (text === undefined || behind === undefined) throw new Error(`app/theme.css has no ${ink} or no ${ground}`);
    expect(contrast(text, behind)).toBeGreaterThanOrEqual(atLeast);
  });
});

it('designs every colour for the dark theme too', () => {
  expect([...readColors(css.slice(darkAt)).keys()]).toEqual([...light.keys()]);
});
