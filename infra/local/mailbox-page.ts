import { escapeHtml } from '../../functions/outbox/channels/email/html.ts';
import type { LoopbackReply } from './loopback.ts';
import type { Message } from './mandrill-message.ts';

const STYLE = `
  :root { color-scheme: light dark; --ink: light-dark(#1c2430, #e6e9ee); --soft: light-dark(#566173, #a3adbb);
    --page: light-dark(#f3f4f6, #14181e); --card: light-dark(#fff, #1d232b); --line: light-dark(#dcdfe5, #333c48);
    --accent: light-dark(#0b5fa5, #7dbcf5); }
  * { box-sizing: border-box; }
  body { margin: 0 auto; max-width: 48rem; padding: 2rem 1rem 4rem; background: var(--page); color: var(--ink);
    font: 1rem/1.55 system-ui, sans-serif; }
  header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; margin-bottom: 1.25rem; }
  h1 { font-size: 1.5rem; margin: 0; }
  header p { margin: 0; flex: 1 0 auto; color: var(--soft); }
  a { color: var(--accent); }
  ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
  article, .empty { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.1rem 1.3rem; }
  h2 { font-size: 1.1rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: 0; font-size: .9rem; }
  dt { color: var(--soft); }
  dd { margin: 0; overflow-wrap: anywhere; }
  details { margin-top: 1rem; padding-top: .75rem; border-top: 1px solid var(--line); }
  summary { color: var(--soft); font-size: .9rem; cursor: pointer; }
  pre { margin: .5rem 0 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
  iframe { display: block; width: 100%; height: 32rem; margin-top: .75rem; border: 1px solid var(--line);
    border-radius: .4rem; resize: vertical; }
`;

const address = (email = '', name = ''): string => (name ? `${name} <${email}>` : email);

const detail = (term: string, value: string | undefined): string =>
  value ? `<dt>${term}</dt><dd>${escapeHtml(value)}</dd>` : '';

const part = (name: string, content: string, isOpen: boolean): string =>
  `<details${isOpen ? ' open' : ''}><summary>${name}</summary>${content}</details>`;

const messageCard = (message: Message): string => {
  const { _id, received_at, from_email, from_name, to, subject = '(no subject)', text, html } = message;
  const { headers = {}, tags = [], metadata = {} } = message;
  const pairs = (values: object) =>
    Object.entries(values)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ');
  return `<li><article aria-labelledby="${_id}">
    <h2 id="${_id}">${escapeHtml(subject)}</h2>
    <dl>
      ${detail('From', address(from_email, from_name))}
      ${detail('To', to.map(({ email, name }) => address(email, name)).join(', '))}
      <dt>Sent</dt><dd><time datetime="${received_at}">${received_at.slice(0, 19).replace('T', ' ')} UTC</time></dd>
      ${detail('Headers', pairs(headers))}
      ${detail('Tags', tags.join(', '))}
      ${detail('Metadata', pairs(metadata))}
    </dl>
    ${html ? part('HTML', `<iframe sandbox srcdoc="${escapeHtml(html)}" title="HTML part of: ${escapeHtml(subject)}"></iframe>`, true) : ''}
    ${text ? part('Plain text', `<pre>${escapeHtml(text)}</pre>`, !html) : ''}
  </article></li>`;
};

/** The mailbox for people: every message whole, in the order given. Nothing in an e-mail can run or load anything. */
export const mailboxPage = (messages: readonly Message[]): LoopbackReply => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'",
  },
  body: `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Mailbox (${messages.length})</title>
  <link rel="icon" href="data:,">
  <style>${STYLE}</style>
</head>
<body>
  <header>
    <h1>Mailbox</h1>
    <p>${messages.length} sent, newest first</p>
    <a href="/">Refresh</a> <a href="/messages">JSON</a>
  </header>
  <main>${
    messages.length === 0
      ? '<p class="empty">No e-mail yet. Those that the API sends appear here, and go nowhere else.</p>'
      : `<ol>${messages.map(messageCard).join('')}</ol>`
  }</main>
</body>
</html>
`,
});
