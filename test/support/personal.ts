import { DEMO_PASSWORD } from '../../infra/local/demo.ts';

/** What must not be in a log: an e-mail address, a token, the demo users' password, Mandrill's key on this machine. */
const PERSONAL = [
  /[\w.+-]+@[\w-]+\.\w+/,
  /\b(?:ses|app|ver|res)_[\w-]{43}/,
  new RegExp(DEMO_PASSWORD),
  /md-local-key/,
];

/** Throws if what was written to a log holds anything personal. */
export const expectNothingPersonal = (where: string, text: string): void => {
  for (const pattern of PERSONAL) {
    const found = pattern.exec(text);
    if (found !== null) throw new Error(`${where} holds something personal: ${found[0]}`);
  }
};
