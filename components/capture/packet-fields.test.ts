import { describe, expect, it } from 'vitest';
import { type PacketFields, readFields, toFields } from './packet-fields';

const fields: PacketFields = toFields({
  direction: 'out',
  protocol: 'tcp',
  destination: 'reviews',
  destinationPort: 9080,
});

describe('the fields of the packet tracer', () => {
  it('give back the packet that filled them', () => {
    const request = { ...readFields(fields).request, uid: 1337, mark: 1337, state: 'ESTABLISHED' as const };
    const whole = { direction: 'out', protocol: 'tcp', destinationPort: 9080, ...request } as const;
    expect(readFields(toFields(whole))).toEqual({ request: whole, problems: {} });
  });

  it('take marks in hexadecimal, and blanks around', () => {
    expect(readFields({ ...fields, mark: ' 0x539 ', destination: ' 10.0.0.1 ' }).request).toMatchObject({
      mark: 1337,
      destination: '10.0.0.1',
    });
  });

  it.each([
    ['destinationPort', ''],
    ['destinationPort', '0'],
    ['destinationPort', '65536'],
    ['destinationPort', '80a'],
    ['destination', ' '],
    ['uid', '-1'],
    ['uid', '4294967296'],
    ['mark', '0xg'],
  ] as const)('say that %s is wrong: "%s"', (name, text) => {
    const { request, problems } = readFields({ ...fields, [name]: text });
    expect(request).toBeUndefined();
    expect(Object.keys(problems)).toEqual([name]);
  });

  it('leave out what the other direction does not have', () => {
    const arriving = readFields({ ...fields, direction: 'in', destination: '', uid: '7', outInterface: 'eth1' });
    expect(arriving).toEqual({ request: { direction: 'in', protocol: 'tcp', destinationPort: 9080 }, problems: {} });
  });
});
