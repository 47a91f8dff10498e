import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ListSplitter } from './list-splitter';

/** What comes out of a text that arrives in these pieces. */
function split(text: string, cuts: readonly number[] = []) {
  const bytes = Buffer.from(text);
  const splitter = new ListSplitter();
  const items: unknown[] = [];
  let from = 0;
  for (const cut of [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)) {
    items.push(...splitter.feed(bytes.subarray(from, cut)).map((item): unknown => JSON.parse(item)));
    from = cut;
  }
  return { items, around: splitter.end() };
}

const ODD = {
  kind: 'List',
  remarks: [{ items: [1, 2] }, '"items":['],
  metadata: { continue: 'a"items":[b', items: [{ not: 'one' }] },
  items: [
    { metadata: { name: '日本🌍', note: 'a \\"quoted\\" {[ \\\\' }, items: [{ deep: [[]] }, {}] },
    {},
    { list: [{ items: [] }], text: '\\' },
  ],
  after: { items: [] },
};
const { items: ODD_ITEMS, ...ODD_AROUND } = ODD;

describe('ListSplitter', () => {
  it.each<[name: string, text: string, items: readonly unknown[], around: unknown]>([
    [
      'gives no item of an empty list',
      '{"metadata":{"resourceVersion":"1"},"items":[]}',
      [],
      { metadata: { resourceVersion: '1' }, items: [] },
    ],
    ['takes null for an empty list', '{"items":null}', [], { items: null }],
    [
      'tells the items of the list from whatever else is called so',
      JSON.stringify(ODD),
      ODD_ITEMS,
      { ...ODD_AROUND, items: [] },
    ],
    ['reads a list that is indented', JSON.stringify(ODD, null, 2), ODD_ITEMS, { ...ODD_AROUND, items: [] }],
    [
      'passes over what is no object',
      '{"items":[1,null,"x",{"a":1},true,{"b":2}]}',
      [{ a: 1 }, { b: 2 }],
      { items: [] },
    ],
    ['leaves what is no list alone', '"text"', [], 'text'],
  ])('%s', (_name, text, items, around) => {
    const result = split(text);
    expect(result.items).toEqual(items);
    expect(JSON.parse(result.around)).toEqual(around);
  });

  it('cuts between every two bytes', () => {
    for (const text of [JSON.stringify(ODD), JSON.stringify(ODD, null, 2)]) {
      const result = split(text, [...Buffer.from(text).keys()]);
      expect(result.items).toEqual(ODD_ITEMS);
      expect(JSON.parse(result.around)).toEqual({ ...ODD_AROUND, items: [] });
    }
  });

  it('gives what JSON.parse gives, whatever the items hold and wherever the chunks are cut', () => {
    const lists = fc.record({ metadata: fc.object(), items: fc.array(fc.object()), more: fc.jsonValue() });
    fc.assert(
      fc.property(lists, fc.array(fc.nat(5_000)), (list, cuts) => {
        const text = JSON.stringify(list);
        const { items, around } = split(text, cuts);
        const want = JSON.parse(text);
        expect(items).toEqual(want.items);
        expect(JSON.parse(around)).toEqual({ ...want, items: [] });
      }),
      { numRuns: 300 },
    );
  });

  it.each(['{"items":[{"a":1', '{"items":[{"a":1}', '{"items":[{"a":1]}', '', 'no JSON'])(
    'leaves %s broken',
    (text) => {
      expect(() => JSON.parse(split(text).around)).toThrow(SyntaxError);
    },
  );
});
