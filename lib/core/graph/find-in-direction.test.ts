import { expect, it } from 'vitest';
import { type Direction, findInDirection } from './find-in-direction';

const layout = {
  nodes: { a: { x: 0, y: 0 }, b: { x: 300, y: 0 }, c: { x: 300, y: 70 }, d: { x: 0, y: 140 }, e: { x: 250, y: 400 } },
  boxes: {},
};
const ids = Object.keys(layout.nodes);

it.each<[from: string, direction: Direction, want: string | undefined]>([
  ['a', 'right', 'b'],
  ['a', 'down', 'd'],
  ['a', 'left', undefined],
  ['a', 'up', undefined],
  ['b', 'down', 'c'],
  ['c', 'left', 'a'],
  ['d', 'right', 'c'],
  ['nobody', 'down', 'a'],
])('from %s %s to %s', (from, direction, want) => {
  expect(findInDirection(layout, ids, from, direction)).toBe(want);
});

it('goes only to nodes that are shown', () => {
  expect(findInDirection(layout, ['a', 'c'], 'a', 'right')).toBe('c');
});
