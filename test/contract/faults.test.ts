import { describe, expect, it } from 'vitest';
import type { FaultCode } from '../../functions/contract/code-docs.ts';
import { fault, firstOfEach, listed, missing } from '../../functions/contract/faults.ts';
import { refusalOf } from '../../functions/contract/refused.ts';

const many = (count: number, code: FaultCode = 'type') =>
  Array.from({ length: count }, (_, index) => fault(`p${index}`, code, 'is wrong'));

describe('a fault', () => {
  it('A fault’s message is a sentence that starts with the parameter’s name', () => {
    expect(fault('line_items[2].quantity', 'too-small', 'must be at least 1')).toEqual({
      param: 'line_items[2].quantity',
      code: 'too-small',
      message: 'line_items[2].quantity must be at least 1.',
    });
  });

  it('A parameter that is missing is told by its code, and that it is required', () => {
    expect(missing('token')).toMatchObject({ param: 'token', code: 'missing' });
    expect(missing('token').message).toMatch(/^token .*required\.$/);
  });
});

describe('the first of each', () => {
  it('Of items that have something in common the first is kept, and the order is that of the firsts', () => {
    expect(firstOfEach(['b1', 'a1', 'b2', 'c1', 'a2'], ([letter = '']) => letter)).toEqual([
      'b1',
      'a1',
      'c1',
    ]);
    expect(firstOfEach([], String)).toEqual([]);
  });
});

describe('the faults that an answer lists', () => {
  it('Up to 100 faults are all listed, in their order, and nothing is said of their number', () => {
    const faults = [...many(99), missing('last')];
    expect(listed(faults)).toEqual({ errors: faults });
  });

  it('Of more than 100 faults the first 100 are listed, with the number of all', () => {
    const faults = many(101);
    expect(listed(faults)).toEqual({ errors: faults.slice(0, 100), errors_total: 101 });
  });

  it('A missing parameter is listed first where not all are, since the status is about it', () => {
    const faults = [...many(150), missing('last'), fault('after', 'type', 'is wrong')];
    const { errors, errors_total } = listed(faults);
    expect(errors).toEqual([missing('last'), ...many(99)]);
    expect(errors_total).toBe(152);
  });
});

describe('a refusal', () => {
  it('A refusal is an error whose message is its status, and it keeps the faults and the data', () => {
    const faults = many(2);
    const refused = refusalOf(faults, { order_id: 1 });
    expect(refused).toBeInstanceOf(Error);
    expect([refused.name, refused.message, refused.status]).toEqual([
      'Refused',
      'invalid-param',
      'invalid-param',
    ]);
    expect(refused.details).toEqual({ errors: faults, data: { order_id: 1 } });
  });

  it('A refusal is for a missing parameter when one of several is missing', () => {
    expect(refusalOf([...many(2), missing('token')]).status).toBe('missing-param');
  });
});
