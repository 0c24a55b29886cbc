import type { SavedEmail } from '../../../../outbox/outbox-row.ts';
import type { Action } from '../../../../pipeline/action.ts';
import { unknownEmail, viewOfEmail } from '../view-of-email.ts';
import type { showEmail as route } from './route.ts';

/** What showing an e-mail needs of the world. */
export interface Dependencies {
  findEmail(email_id: number): Promise<SavedEmail | undefined>;
}

/** Shows what has become of an e-mail, whatever its state. */
export const showEmail = ({ findEmail }: Dependencies): Action<typeof route> => ({
  run: async ({ params }) => {
    const { email_id } = params.complete();
    const saved = await findEmail(email_id);
    if (saved === undefined) throw params.refusal([unknownEmail()]);
    return { data: { email: viewOfEmail(saved) } };
  },
});
