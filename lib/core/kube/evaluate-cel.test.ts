import { describe, expect, it } from 'vitest';
import { evaluateCel, PartialMap } from './evaluate-cel';

const variables = {
  object: { metadata: { name: 'web-1', labels: { team: 'a' } }, spec: { replicas: 3, containers: [{ image: 'x:1' }] } },
  oldObject: null,
  request: { operation: 'CREATE', userInfo: { groups: ['dev', 'ops'] } },
};
const value = (expression: string) => {
  const result = evaluateCel(expression, variables);
  return result.kind === 'value' ? result.value : result;
};

describe('evaluateCel', () => {
  it.each([
    ["object.metadata.name.startsWith('web-')", true],
    ["object.metadata['name'].endsWith('2')", false],
    ["has(object.metadata.annotations) || 'team' in object.metadata.labels", true],
    ["object.metadata.?labels.?owner.orValue('nobody')", 'nobody'],
    ["request.userInfo.groups.exists(g, g == 'ops') && !request.userInfo.groups.all(g, g == 'ops')", true],
    ["object.spec.containers.map(c, c.image)[0].split(':')[1]", '1'],
    ['object.spec.replicas * 2 - 1 >= 5', true],
    ['oldObject == null ? size(request.userInfo.groups) : 0', 2],
    ["['a', 'b'].filter(x, x != 'a')", ['b']],
    ["object.metadata.name.matches('^[a-z]+-\\\\d$')", true],
  ])('%s', (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

  it('takes the side of an "or" or an "and" that decides, though the other fails', () => {
    expect(value("object.nothing.here == 1 || object.metadata.name == 'web-1'")).toBe(true);
    expect(value("object.nothing.here == 1 && object.metadata.name == 'other'")).toBe(false);
  });

  it.each([
    ["object.metadata.labels['owner'] == 'a'", 'no such key: owner'],
    ['object.status.phase', 'no such key: status'],
    ['object.', /^Syntax error/],
    ['nonsense.x == 1', "undeclared reference to 'nonsense'"],
  ])('fails with the words of cel-go: %s', (expression, message) => {
    expect(value(expression)).toEqual({ kind: 'error', message: expect.stringMatching(message) });
  });

  it.each([
    ["object.metadata.annotations['team'] == 'a'", 'unknown'],
    ["'team' in object.metadata.annotations", 'unknown'],
    ['has(object.spec.nodeName)', 'unknown'],
    ['size(object.spec) > 1', 'unknown'],
    ["object.spec.?nodeName.orValue('') == ''", 'unknown'],
    ["authorizer.group('').resource('pods').check('create').allowed()", 'unknown'],
    ["object.metadata.labels['app'] == 'a' || has(object.spec.nodeName)", true],
    ["object.metadata.labels['app'] == 'b' && has(object.spec.nodeName)", false],
    ["object.metadata.annotations['kept'] == 'x'", true],
    ['object.nothing == 1 || has(object.spec.nodeName)', 'unknown'],
  ])('does not guess about what is not known: %s', (expression, expected) => {
    const metadata = { labels: { app: 'a' }, annotations: new PartialMap({ kept: 'x' }) };
    const object = { metadata, spec: new PartialMap({ hostNetwork: true }) };
    const result = evaluateCel(expression, { object });
    expect(result.kind === 'value' ? result.value : result.kind).toBe(expected);
  });
});
