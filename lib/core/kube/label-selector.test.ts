import { describe, expect, it } from 'vitest';
import { isEmptyLabelSelector, matchesLabelSelector } from './label-selector';
import type { LabelSelector, StringMap } from './object-types';

const LABELS = { app: 'web', tier: '', 'istio.io/rev': 'canary' };

const expression = (key: string, operator: string, ...values: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, values }],
});

describe('matchesLabelSelector', () => {
  it.each<[name: string, selector: LabelSelector, labels: StringMap | undefined, want: boolean]>([
    ['takes everything when empty', {}, LABELS, true],
    ['takes an object without labels when empty', {}, undefined, true],
    ['compares a label', { matchLabels: { app: 'web' } }, LABELS, true],
    ['refuses another value', { matchLabels: { app: 'db' } }, LABELS, false],
    ['refuses a missing label', { matchLabels: { zone: 'a' } }, LABELS, false],
    ['tells an empty value from a missing one', { matchLabels: { zone: '' } }, LABELS, false],
    ['accepts an empty value', { matchLabels: { tier: '' } }, LABELS, true],
    ['wants all of its terms', { matchLabels: { app: 'web' }, ...expression('app', 'DoesNotExist') }, LABELS, false],
    ['In with the value', expression('istio.io/rev', 'In', 'stable', 'canary'), LABELS, true],
    ['In without the value', expression('istio.io/rev', 'In', 'stable'), LABELS, false],
    ['In needs the label', expression('zone', 'In', 'a'), LABELS, false],
    ['NotIn with the value', expression('app', 'NotIn', 'web'), LABELS, false],
    ['NotIn is met by a missing label', expression('zone', 'NotIn', 'a'), LABELS, true],
    ['Exists', expression('tier', 'Exists'), LABELS, true],
    ['Exists needs the label', expression('zone', 'Exists'), LABELS, false],
    ['DoesNotExist', expression('zone', 'DoesNotExist'), LABELS, true],
    ['does not take an inherited property for a label', expression('constructor', 'Exists'), LABELS, false],
    ['matches nothing with an unknown operator', expression('app', 'Equals', 'web'), LABELS, false],
  ])('%s', (_name, selector, labels, want) => {
    expect(matchesLabelSelector(selector, labels)).toBe(want);
  });
});

it.each<[selector: LabelSelector, want: boolean]>([
  [{}, true],
  [{ matchLabels: {}, matchExpressions: [] }, true],
  [{ matchLabels: { app: 'web' } }, false],
  [expression('app', 'Exists'), false],
])('isEmptyLabelSelector %j', (selector, want) => {
  expect(isEmptyLabelSelector(selector)).toBe(want);
});
