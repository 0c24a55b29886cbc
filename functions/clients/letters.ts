import { type EmailContent, rendered } from '../outbox/email.ts';

/**
 * What looks like an address, of the web or of e-mail. Anybody can register with somebody else's e-mail address: in a name, it
 * would be theirs to advertise in an e-mail of ours.
 */
const ADVERTISES = /[:/@]|\.\p{L}/u;

/** The e-mail that greets a new client, by a name that is none but a name. */
export const welcomeEmail = (name: string): EmailContent =>
  rendered('welcome', {
    subject: 'Welcome to Plano',
    blocks: [
      { paragraph: ADVERTISES.test(name) ? ['Hello,'] : ['Hello ', { given: name }, ','] },
      { paragraph: ['You are now registered as a client.'] },
      { paragraph: ['We will write to you when there is news of your orders.'] },
    ],
  });
