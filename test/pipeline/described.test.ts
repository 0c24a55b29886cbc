import { describe, expect, it } from 'vitest';
import { described } from '../../functions/pipeline/redact.ts';

describe('a fault as the log tells it', () => {
  it('A fault is told by its name, what it says and where it happened', () => {
    const told = described(new RangeError('a number too many'));
    expect(told).toEqual({ name: 'RangeError', message: 'a number too many', stack: expect.any(Array) });
    const stack = told.stack as string[];
    expect(stack[0]).toContain('described.test.ts');
    expect(stack.length).toBeLessThanOrEqual(15);
    for (const line of stack) expect(line).toMatch(/^\s*at /);
  });

  it('A fault is told with those that caused it, down to three of them', () => {
    let fault = new Error('0');
    for (let depth = 1; depth <= 5; depth += 1) fault = new Error(String(depth), { cause: fault });
    const messages: unknown[] = [];
    for (let told = described(fault); told !== undefined; told = told.cause as typeof told) {
      messages.push(told.message);
    }
    expect(messages).toEqual(['5', '4', '3', '2']);
  });

  it('A fault says how often something was tried, if it was', () => {
    expect(described(Object.assign(new Error('x'), { tries: 3 }))).toMatchObject({ tries: 3 });
    expect(described(new Error('x'))).not.toHaveProperty('tries');
    expect(described(new Error('x'))).not.toHaveProperty('cause');
  });

  it('A fault without a stack is told without one', () => {
    const fault = new Error('x');
    delete fault.stack;
    expect(described(fault)).toEqual({ name: 'Error', message: 'x' });
  });

  it.each([
    ['bob@example.com', 'string'],
    [7, 'number'],
    [undefined, 'undefined'],
    [{ message: 'bob' }, 'object'],
  ])('%#: Of what is no error nothing is told but its type', (thrown, name) => {
    expect(described(thrown)).toEqual({ name });
  });

  it('A message of a thousand characters is told whole, and a longer one up to its last whole word', () => {
    const whole = `${'no '.repeat(333)}x`;
    expect(whole).toHaveLength(1_000);
    expect(described(new Error(whole)).message).toBe(whole);
    expect(described(new Error(`${whole}y`)).message).toBe(`${'no '.repeat(333)}…`);
  });

  it('Where an address or a token stood, stars stand, and the words around it stay', () => {
    const token = `app_${'aZ09_-'.repeat(7)}`;
    expect(described(new Error(`to <bob@example.com>, by ${token}: no luck`)).message).toBe(
      'to <***>, by ***: no luck',
    );
    expect(described(new Error('app_short and x@y')).message).toBe('app_short and ***');
    expect(described(new Error('@ alone, a@ b')).message).toBe('@ alone, a@ b');
  });

  it('A message that looks like a stack is not told as one', () => {
    const told = described(new Error('first\n    at bob@example.com\n    at home'));
    expect(JSON.stringify(told.stack)).not.toMatch(/bob|home/);
  });
});
