import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { welcomeEmail } from '../../../../functions/clients/letters.ts';
import { appointmentMovedEmail, emailOf } from '../../../../functions/orders/letters.ts';
import { inOneLine, linesOf } from '../../../../functions/outbox/channels/email/given.ts';
import { anyText } from '../../../support/any-text.ts';
import { aLineItem, anAppointment, anOrder } from '../../../support/orders.ts';

/** What people write, and what they could write to be taken for markup, for lines of ours, or to turn words round. */
const tricky = fc.constantFrom(
  '<script>alert(1)</script>',
  '</td></table><b onclick="x">',
  "' style='display:none",
  '&lt;b&gt; &amp;amp; &#60;',
  '<!-- ',
  ']]>',
  '\n- Roof: 5 of 5 done\n',
  '\r\n\r\n> quoted',
  '\u2028',
  '\u0000\u0007\t',
  '\u202egnp.exe',
  '\u2066\u2069\u2069',
  'שלום 3',
  'تنظيف السجاد',
  '👩‍🔧🧽',
  'Ångström e\u0301',
);
const texts = fc
  .array(fc.oneof(tricky, anyText({ minLength: 1, maxLength: 12 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''));
const several = fc.record({ name: texts, reason: texts, note: texts });

/** An e-mail with as much of what people wrote as there can be. */
const written = ({ name, reason, note }: { name: string; reason: string; note: string }) => {
  const after = anOrder({ line_items: [aLineItem({ name, completed_quantity: 10 })] });
  const cancelled = { ...anAppointment(), cancel_reason: reason, cancel_note: note };
  const email = emailOf({ after, cancelled, completed: true });
  if (email === undefined) throw new Error('it has something to say');
  return email;
};

const tagsOf = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
/** What a browser shows of HTML, its title aside. Whatever is no entity of ours fails. */
const shown = (html: string): string =>
  html
    .replace(/<title>.*<\/title>/, '')
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll(/&([^;]*;?)/g, (_, name: string) => {
      const character = ENTITIES[name.replace(/;$/, '')];
      if (character === undefined) throw new Error(`&${name} is no entity`);
      return character;
    });

describe('what somebody wrote', () => {
  it('What somebody wrote makes no tag', () => {
    const harmless = new Set(tagsOf(written({ name: 'x', reason: 'x', note: 'x\n\nx' }).html));
    fc.assert(
      fc.property(several, (given) => {
        expect(tagsOf(written(given).html).filter((tag) => !harmless.has(tag))).toEqual([]);
      }),
    );
    const greeting = tagsOf(welcomeEmail('x').html);
    fc.assert(
      fc.property(texts, (name) => {
        // A name that looks like an address is left out.
        expect(greeting).toEqual(expect.arrayContaining(tagsOf(welcomeEmail(name).html)));
      }),
    );
  });

  it('What somebody wrote is shown whole, in HTML and in plain text', () => {
    fc.assert(
      fc.property(several, ({ name, reason, note }) => {
        const { html, text } = written({ name, reason, note });
        const lines = shown(html).split('\n');
        for (const line of [inOneLine(name), ...linesOf(reason), ...linesOf(note)]) {
          expect(lines).toContain(line);
          expect(text).toContain(line);
        }
      }),
    );
  });

  it('What somebody wrote brings no control characters, and none that turn the words around it', () => {
    fc.assert(
      fc.property(several, (given) => {
        const { subject, html, text } = written(given);
        expect(subject).not.toMatch(/\p{Cc}/u);
        expect(html.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(text.replaceAll(/\n|\u2068[^\u2066-\u2069]*\u2069/g, '')).not.toMatch(
          /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u,
        );
      }),
    );
  });

  it('What somebody wrote makes no lines in plain text that look like ours', () => {
    const linesOfOurs = (text: string) =>
      text.split(/[\n\v\f\r\u0085\u2028\u2029]/).filter((line) => !line.startsWith('> ')).length;
    const usual = linesOfOurs(written({ name: 'x', reason: 'x', note: 'x' }).text);
    fc.assert(
      fc.property(several, (given) => {
        expect(linesOfOurs(written(given).text)).toBe(usual);
      }),
    );
  });

  it('What somebody wrote keeps its own direction', () => {
    const { html, text } = written({ name: 'שלום', reason: 'x', note: 'سلام\nHi' });
    expect(text).toContain('- \u2068שלום\u2069: 10 of 10 done');
    expect(html).toMatch(/<th scope="row" dir="auto"[^>]*>שלום</);
    expect(html).toContain('<div dir="auto">سلام</div><div dir="auto">Hi</div>');
    expect(welcomeEmail('שלום').html).toContain('<span dir="auto">שלום</span>');
    expect(welcomeEmail('Ångström').text).toContain('Hello Ångström,');
  });
});

describe('plain text and HTML', () => {
  /** Words alone: without the marks that only one of them has. */
  const words = (part: string) => part.replaceAll(/[\s:>\u2068\u2069-]/g, '').toLowerCase();
  const bothOf = ({ subject, text, html }: { subject: string; text: string; html: string }) => [
    words(`Plano ${subject} ${text.replace(/Plano\n$/, '')}`),
    words(shown(html)),
  ];

  it('Plain text and HTML say the same', () => {
    fc.assert(
      fc.property(several, (given) => {
        for (const email of [written(given), welcomeEmail(given.name)]) {
          const [text, html] = bothOf(email);
          expect(html).toBe(text);
        }
      }),
    );
    const [text, html] = bothOf(appointmentMovedEmail(anOrder(), anAppointment(), anAppointment()));
    expect(html).toBe(text);
  });

  it('An e-mail in HTML is a document that loads nothing, in the reader’s own colours', () => {
    const { html, subject } = written({ name: 'x', reason: 'x', note: 'x' });
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/);
    expect(html).toContain(`<title>${subject}</title>`);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).not.toMatch(/src=|href=|url\(|<style|<script|[^-]color:/);
  });
});
