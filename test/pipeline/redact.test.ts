import { expect, it } from 'vitest';
import { described } from '../../functions/pipeline/redact.ts';

const TOKEN = `ses_${'A'.repeat(43)}`;
const messageOf = (message: string) => String(described(new Error(message)).message);

it.each(['bob@example.com', `<bob@example.com>`, TOKEN, `"${TOKEN}"`, `to:bob@example.com,${TOKEN}`])(
  'Nothing is left of %s, wherever a message is cut',
  (personal) => {
    for (let before = 930; before <= 1_000; before += 1) {
      const message = messageOf(`${'no '.repeat(400).slice(-before)}${personal} is unknown`);
      expect(message).not.toMatch(/bob|example|A{2}|\bses_/);
      expect(message.length).toBeLessThanOrEqual(1_000);
      expect(message).toMatch(/^\W*(no?|o) .* no /);
    }
  },
);

it('A message of a million characters is looked at in no time, since it is cut first', () => {
  expect(messageOf('x'.repeat(1_000_000))).toBe('…');
  const name = 'y'.repeat(1_000_000);
  expect(described(Object.assign(new Error('short'), { name }))).toMatchObject({
    name: '…',
    message: 'short',
  });
});
