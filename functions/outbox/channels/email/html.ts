import { inOneLine, linesOf } from './given.ts';
import type { Block, Letter, Line, Words } from './letter.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that says the same, and nothing else, as text or an attribute in quotes of HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/*
 * Styles stand where they are used, since some mail clients drop a style sheet. No colour of text or ground is given, so
 * that those of the client's light or dark scheme hold; grey and green are seen on both.
 */
const FAINT = 'rgba(128,128,128,.35)';
const STYLES = {
  body: "margin:0;padding:24px 16px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
  column: 'max-width:560px;margin:0 auto;word-break:break-word',
  sender:
    'margin:0;padding-top:12px;border-top:4px solid #2a9d78;font-size:14px;font-weight:700;letter-spacing:.04em',
  title: 'margin:4px 0 20px;font-size:24px;line-height:1.25',
  heading: `margin:28px 0 12px;padding-top:20px;border-top:1px solid ${FAINT};font-size:18px;line-height:1.3`,
  paragraph: 'margin:0 0 16px',
  label: 'margin:0 0 4px;font-size:14px',
  quote: 'margin:0 0 16px;padding:10px 14px;border-radius:6px;background:rgba(128,128,128,.14)',
  table: 'width:100%;margin:0 0 16px;border-collapse:collapse',
  row: `border-bottom:1px solid ${FAINT}`,
  name: 'padding:8px 16px 8px 0;font-weight:400;text-align:left',
  value: 'padding:8px 0;text-align:right;vertical-align:top;white-space:nowrap',
  list: 'margin:0 0 16px;padding-left:20px',
};

const element = (tag: string, style: keyof typeof STYLES, content: string, attributes = ''): string =>
  `<${tag}${attributes} style="${STYLES[style]}">${content}</${tag}>`;

/** Lets what somebody wrote run in its own direction, and leave that of the words around it alone. */
const OWN_DIRECTION = ' dir="auto"';

const htmlOfWords = (words: Words): string => {
  if (typeof words === 'string') return escapeHtml(words);
  if ('strong' in words) return `<strong>${escapeHtml(words.strong)}</strong>`;
  return `<span${OWN_DIRECTION}>${escapeHtml(inOneLine(words.given))}</span>`;
};

const htmlOfLine = (line: Line): string => line.map(htmlOfWords).join('');

/** Each line has a direction of its own, as in plain text. */
const htmlOfQuoted = (line: string): string =>
  line === '' ? '<br>' : `<div${OWN_DIRECTION}>${escapeHtml(line)}</div>`;

const htmlOfRow = ({ given, is }: { given: string; is: string }): string => {
  const name = element('th', 'name', escapeHtml(inOneLine(given)), ` scope="row"${OWN_DIRECTION}`);
  return element('tr', 'row', name + element('td', 'value', escapeHtml(is)));
};

const htmlOfBlock = (block: Block): string => {
  if ('paragraph' in block) return element('p', 'paragraph', htmlOfLine(block.paragraph));
  if ('heading' in block) return element('h2', 'heading', escapeHtml(block.heading));
  if ('link' in block) {
    const link = escapeHtml(block.link);
    return element('p', 'paragraph', `<a href="${link}">${link}</a>`);
  }
  if ('label' in block) {
    const label = element('p', 'label', escapeHtml(block.label));
    return label + element('blockquote', 'quote', linesOf(block.given).map(htmlOfQuoted).join(''));
  }
  if ('list' in block) {
    return element('ul', 'list', block.list.map((line) => `<li>${htmlOfLine(line)}</li>`).join(''));
  }
  return element('table', 'table', block.table.map(htmlOfRow).join(''));
};

/** A letter as an HTML document in one column, which loads nothing. */
export const htmlOf = ({ subject, blocks }: Letter): string => {
  const title = escapeHtml(subject);
  const column = [
    element('p', 'sender', 'Plano'),
    element('h1', 'title', title),
    ...blocks.map(htmlOfBlock),
  ].join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
</head>
${element('body', 'body', element('div', 'column', `\n${column}\n`))}
</html>
`;
};
