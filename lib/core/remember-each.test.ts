import { expect, it } from 'vitest';
import { rememberEach } from './remember-each';

it('makes an answer once for each object, also when there is nothing to answer', () => {
  const asked: string[] = [];
  const shout = rememberEach(({ name }: { readonly name: string }) => {
    asked.push(name);
    return name === '' ? undefined : name.toUpperCase();
  });
  const [ada, twin, nobody] = [{ name: 'ada' }, { name: 'ada' }, { name: '' }];
  expect([ada, ada, twin, nobody, nobody].map(shout)).toEqual(['ADA', 'ADA', 'ADA', undefined, undefined]);
  expect(asked).toEqual(['ada', 'ada', '']);
});
