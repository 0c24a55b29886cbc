import { describe, expect, it } from 'vitest';
import { inOneLine, linesOf } from '../../../../functions/outbox/channels/email/given.ts';
import { escapeHtml, htmlOf } from '../../../../functions/outbox/channels/email/html.ts';
import type { Block } from '../../../../functions/outbox/channels/email/letter.ts';
import { textOf } from '../../../../functions/outbox/channels/email/text.ts';

const textOfBlocks = (...blocks: Block[]): string => textOf({ subject: 'News', blocks });
const htmlOfBlocks = (...blocks: Block[]): string => htmlOf({ subject: 'News', blocks });
/** HTML without its styles, which are for the eye. */
const bare = (html: string): string => html.replaceAll(/ style="[^"]*"/g, '');

const paragraph: Block = { paragraph: ['Dear ', { given: 'Ada & Co' }, ', ', { strong: 'now' }, '.'] };
const label: Block = { label: 'Note', given: 'One\n\nTwo <2>' };
const table: Block = {
  table: [
    { given: 'Doors & more', is: '1 of 2 done' },
    { given: 'Roof', is: '0 of 1 done' },
  ],
};
const list: Block = { list: [['Before: ', { strong: 'a < b' }], ['Now']] };

describe('a letter as plain text', () => {
  it('A letter as text has its parts in order, an empty line between them, and ends with who writes', () => {
    expect(textOfBlocks(paragraph, { heading: 'How it stands' }, label, table, list)).toBe(
      [
        'Dear Ada & Co, now.',
        'HOW IT STANDS',
        'Note:\n> One\n> \n> Two <2>',
        '- Doors & more: 1 of 2 done\n- Roof: 0 of 1 done',
        '- Before: a < b\n- Now',
        'Plano\n',
      ].join('\n\n'),
    );
  });

  it.each(['שלום', 'سلام', 'ܫܠܡܐ', 'ﷺ', '\u{10900}', '\u{1e900}', 'A\u200f'])(
    'A name from right to left is set apart in text: %s',
    (name) => {
      expect(textOfBlocks({ paragraph: [{ given: name }, ' 3'] })).toBe(`\u2068${name}\u2069 3\n\nPlano\n`);
    },
  );

  it.each(['Ångström', 'Ελένη', '李小龙', 'Ж', '\u{1f600}'])(
    'A name from left to right is left as it is in text: %s',
    (name) => {
      expect(textOfBlocks({ paragraph: [{ given: name }] })).toBe(`${name}\n\nPlano\n`);
    },
  );
});

describe('a letter as HTML', () => {
  it('A letter as HTML is a document with its subject as title and heading, and who writes', () => {
    const html = bare(htmlOf({ subject: 'Order 1: <b>', blocks: [] }));
    expect(html).toContain('<title>Order 1: &lt;b&gt;</title>');
    expect(html).toContain('<p>Plano</p>\n<h1>Order 1: &lt;b&gt;</h1>');
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">\n<head>\n/);
    expect(html).toMatch(/<body><div>\n.*\n<\/div><\/body>\n<\/html>\n$/s);
  });

  it.each<[string, Block, string]>([
    ['A paragraph', paragraph, '<p>Dear <span dir="auto">Ada &amp; Co</span>, <strong>now</strong>.</p>'],
    ['A heading', { heading: 'A & B' }, '<h2>A &amp; B</h2>'],
    [
      'What somebody wrote',
      label,
      '<p>Note</p><blockquote><div dir="auto">One</div><br><div dir="auto">Two &lt;2&gt;</div></blockquote>',
    ],
    [
      'A table',
      table,
      '<table><tr><th scope="row" dir="auto">Doors &amp; more</th><td>1 of 2 done</td></tr>' +
        '<tr><th scope="row" dir="auto">Roof</th><td>0 of 1 done</td></tr></table>',
    ],
    ['A list', list, '<ul><li>Before: <strong>a &lt; b</strong></li><li>Now</li></ul>'],
  ])('%s is written as HTML that says the same and nothing else', (_, block, html) => {
    expect(bare(htmlOfBlocks(block))).toContain(`</h1>\n${html}\n</div>`);
  });

  it('The parts of a letter follow each other in HTML', () => {
    expect(bare(htmlOfBlocks({ heading: 'One' }, { heading: 'Two' }))).toContain(
      '<h2>One</h2>\n<h2>Two</h2>',
    );
  });

  it('Every element has a style of its own, since mail clients drop a style sheet', () => {
    const html = htmlOfBlocks(paragraph, { heading: 'H' }, label, table, list);
    for (const [, tag, style] of html.matchAll(
      /<(body|div|p|h1|h2|blockquote|ul|table|tr|th|td)\b([^>]*)>/g,
    )) {
      // What is quoted lies within a quote, which has one.
      if (tag === 'div' && style === ' dir="auto"') continue;
      expect([tag, style]).toEqual([tag, expect.stringMatching(/ style="[a-z-]+:[^"]+"$/)]);
    }
  });

  it('What means something in HTML is written so that it is shown', () => {
    expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;',
    );
  });
});

describe('what somebody wrote', () => {
  it.each(['\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029'])(
    'What somebody wrote has a new line after %j, and one of it',
    (broken) => {
      expect(linesOf(`a${broken}b`)).toEqual(['a', 'b']);
      expect(inOneLine(`a${broken}b`)).toBe('a b');
    },
  );

  it('A tab becomes a space, and what cannot be seen or turns words round is left out', () => {
    expect(linesOf('a\tb\u0000\u007fc\u202ed\u202a\u2066e\u2069')).toEqual(['a bcde']);
    expect(linesOf('a\tb\tc')).toEqual(['a b c']);
  });

  it('What joins or shapes characters is left, such as in Persian and in emoji', () => {
    for (const text of ['می‌خواهد', '👩🏽‍🔧', 'a\u200eb']) expect(inOneLine(text)).toBe(text);
  });
});
