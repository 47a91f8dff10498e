import { describe, expect, it } from 'vitest';
import { findDifferences } from './compare-answers';
import { ABSENT, containing, findMismatches, PRESENT } from './match-value';
import { createNormaliser } from './normalise-answer';
import { fillIn } from './variables';

describe('an expectation', () => {
  const actual = { kind: 'List', items: [{ name: 'a', labels: { x: '1' } }, { name: 'b' }], none: null };
  it.each<[expected: unknown, places: readonly string[]]>([
    [{ kind: 'List' }, []],
    [{ kind: /^L/, items: PRESENT, other: ABSENT }, []],
    [{ items: [{ labels: { x: '1', y: ABSENT } }, {}] }, []],
    [{ items: containing({ name: 'b' }, { name: 'a' }) }, []],
    [{ kind: 'Pod' }, ['.kind']],
    [{ kind: /^P/, items: ABSENT, other: PRESENT }, ['.kind', '.items', '.other']],
    [{ items: [{}] }, ['.items']],
    [{ items: [{ name: 'b' }, { name: 'b' }] }, ['.items.0.name']],
    [{ items: containing({ name: 'c' }) }, ['.items']],
    [{ none: {} }, ['.none']],
    [{ none: null, kind: { deep: 1 } }, ['.kind']],
  ])('%j', (expected, places) => {
    expect(findMismatches(expected, actual, '').map((text) => text.split(':')[0])).toEqual(places);
  });
});

describe('a comparison', () => {
  it.each<[demo: unknown, real: unknown, places: readonly string[]]>([
    [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, []],
    [{ a: 1 }, { a: '1' }, ['.a']],
    [{ a: 1 }, {}, ['.a']],
    [[1, 2], [1], ['.1']],
    [
      [{ name: 'a' }, { name: 'b', x: 1 }],
      [{ name: 'b' }, { name: 'a' }],
      ['.b.x', '.(order)'],
    ],
    [[{ name: 'a' }], [{ name: 'a' }, { name: 'c' }], ['.c']],
    [null, undefined, ['']],
  ])('of %j with %j', (demo, real, places) => {
    expect(findDifferences(demo, real, '').map(({ place }) => place)).toEqual(places);
  });
});

describe('normalising', () => {
  const normalise = (body: unknown) => createNormaliser()({ title: '', status: 200, headers: {}, body }).body;

  it('takes away what no two clusters share, and nothing else', () => {
    const uid = '0f8fad5b-d9cb-469f-a165-70867728950e';
    const other = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    expect(
      normalise({
        metadata: {
          uid,
          resourceVersion: '12',
          name: 'web-7d4b9c6f5-x2z8q',
          creationTimestamp: '2026-01-01T00:00:00Z',
        },
        owners: [{ uid: other }, { uid }],
        message: 'too old resource version: 1 (5756)',
        rows: [{ cells: ['web', '2/2', '31s', '10.0.0.7'] }],
        list: { resourceVersion: '' },
        text: 'web-app',
      }),
    ).toEqual({
      metadata: {
        uid: '<uid 1>',
        resourceVersion: '<resourceVersion>',
        name: 'web-<hash>-<random>',
        creationTimestamp: '<time>',
      },
      owners: [{ uid: '<uid 2>' }, { uid: '<uid 1>' }],
      message: 'too old resource version: <version>',
      rows: [{ cells: ['web', '2/2', '<age>', '<address>'] }],
      list: { resourceVersion: '' },
      text: 'web-app',
    });
  });

  it('fills in known variables only, in keys and patterns as well', () => {
    const variables = new Map([['ns', 'row-1']]);
    expect(fillIn({ '{ns}': ['{ns}/{other}'], at: /^{ns}$/, is: PRESENT }, variables)).toEqual({
      'row-1': ['row-1/{other}'],
      at: /^row-1$/,
      is: PRESENT,
    });
  });
});
