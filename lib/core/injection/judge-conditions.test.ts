import { describe, expect, it } from 'vitest';
import { type ConditionsOutcome, judgeConditions, type PodSubject } from './judge-conditions';

const POD: PodSubject = { labels: { app: 'web' }, namespace: 'shop', hostNetwork: false, annotations: { a: '1' } };
const judge = (expressions: readonly string[], pod = POD) =>
  judgeConditions(
    expressions.map((expression, index) => ({ name: `c${index + 1}`, expression })),
    pod,
  );

describe('judgeConditions', () => {
  it.each<[name: string, expressions: readonly string[], want: ConditionsOutcome]>([
    ['none', [], { kind: 'hold' }],
    ['the namespace', ["request.namespace == 'shop'"], { kind: 'hold' }],
    [
      'the operation and resource',
      ["request.operation == 'CREATE' && request.resource.resource == 'pods'"],
      { kind: 'hold' },
    ],
    ['a label', ["!('skip' in object.metadata.labels)"], { kind: 'hold' }],
    ['a label that is not there', ["object.metadata.labels['app'] == 'db'"], { kind: 'fail', name: 'c1' }],
    ['host network, which is absent', ['!has(object.spec.hostNetwork)'], { kind: 'hold' }],
    ['an annotation that is known', ["object.metadata.annotations['a'] == '1'"], { kind: 'hold' }],
    ['one that is not', ["'b' in object.metadata.annotations"], { kind: 'unknown', name: 'c1' }],
    ['who asks', ["request.userInfo.username != 'x'"], { kind: 'unknown', name: 'c1' }],
    ['false beside unknown', ["request.userInfo.username != 'x'", 'false'], { kind: 'fail', name: 'c2' }],
    [
      'unknown before a fault',
      ['object.metadata.labels.x', "'b' in object.metadata.annotations"],
      { kind: 'unknown', name: 'c2' },
    ],
    ['a fault', ["object.metadata.labels['x'] == '1'"], { kind: 'fault', name: 'c1', message: 'no such key: x' }],
    ['no expression at all', ['a b'], { kind: 'fault', name: 'c1', message: expect.stringContaining('Syntax error') }],
  ])('%s', (_name, expressions, want) => {
    expect(judge(expressions)).toEqual(want);
  });

  it('knows that a pod without labels has no labels', () => {
    expect(judge(['!has(object.metadata.labels)'], { labels: {} })).toEqual({ kind: 'hold' });
  });

  it('asks the whole pod where it was read', () => {
    const object = { metadata: {}, spec: { nodeName: 'n' } };
    expect(judge(["object.spec.nodeName == 'n'"], { ...POD, object })).toEqual({ kind: 'hold' });
  });
});
