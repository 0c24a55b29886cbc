import type { TestStack } from './local-stack.ts';

/** What was sent to an address, the first first; the mailbox has the last first. */
export const mailTo = (api: TestStack, address: string) =>
  api.stack
    .messages()
    .filter(({ to }) => to.some(({ email }) => email === address))
    .toReversed();

/** The link and the code of the last e-mail to an address that has a link. */
export const linkIn = (api: TestStack, address: string) => {
  const text = mailTo(api, address).findLast(({ text = '' }) => text.includes('#'))?.text ?? '';
  return {
    url: /https?:\S+/.exec(text)?.[0] ?? '',
    token: /#(\S+)/.exec(text)?.[1] ?? '',
    code: /\b\d{6}\b/.exec(text.replaceAll(/https?:\S+/g, ''))?.[0] ?? '',
  };
};
