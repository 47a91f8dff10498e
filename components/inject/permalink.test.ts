import { describe, expect, it } from 'vitest';
import { type LinkedInput, MOST_LINK_CHARACTERS, readFragment, toFragment } from './permalink';

const INPUT: LinkedInput = {
  manifests: 'kind: Pod\nmetadata:\n  name: "ünï → 注入"\n',
  revision: 'stable',
  engine: 'webhook',
  namespace: 'shop',
};

describe('a link to an input', () => {
  it.each<[name: string, input: LinkedInput]>([
    ['of letters beyond Latin', INPUT],
    ['with a decision about native sidecars', { ...INPUT, native: false }],
    ['of kube-inject, many lines', { ...INPUT, engine: 'kube-inject', manifests: 'a: b\n'.repeat(5_000) }],
  ])('%s comes back as it was', async (_name, input) => {
    const fragment = await toFragment(input);
    expect(fragment).toMatch(/^#m=[\w-]+$/);
    expect(await readFragment(fragment ?? '')).toEqual(input);
  });

  it('is not made where it would be too long', async () => {
    const noise = Array.from({ length: 6_000 }, (_, index) => ((index * 7_919) % 65_521).toString(36)).join('');
    expect(await toFragment({ ...INPUT, manifests: noise })).toBeUndefined();
    expect(noise.length).toBeGreaterThan(MOST_LINK_CHARACTERS);
  });

  it.each(['#m=', '#m=***', '#m=AAAA', '#m=q1YqU7IyBAA'])('%s is broken, and says so', async (fragment) => {
    expect(await readFragment(fragment)).toBeNull();
  });

  it('is not looked for in other fragments', async () => {
    expect(await readFragment('#main')).toBeUndefined();
    expect(await readFragment('')).toBeUndefined();
  });
});
