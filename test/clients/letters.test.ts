import { describe, expect, it } from 'vitest';
import { welcomeEmail } from '../../functions/clients/letters.ts';

describe('The e-mail that welcomes a client', () => {
  it('The e-mail that welcomes a client greets it by name and says what it is registered as', () => {
    const { kind, subject, text } = welcomeEmail('Ada Lovelace');
    expect([kind, subject]).toEqual(['welcome', 'Welcome to Plano']);
    expect(text).toMatch(/^Hello Ada Lovelace,\n\n/);
    expect(text).toMatch(/registered as a client/);
    expect(text).toMatch(/We will write to you/);
  });

  it.each(['www.example.com', 'Ada. See example.shop', 'https:example', 'example/offer', 'ada@example'])(
    'A welcome does not repeat the name %s, which looks like an address',
    (name) => {
      const { text, html } = welcomeEmail(name);
      expect(text).toMatch(/^Hello,\n/);
      expect(`${text}${html}`).not.toContain(name);
    },
  );

  it.each(['Dr. Ada', 'Ada Jr.', 'Ada 2.0', '. Ada'])(
    'A welcome repeats the name %s, in which a full stop makes no address',
    (name) => {
      expect(welcomeEmail(name).text).toContain(`Hello ${name},`);
    },
  );
});
