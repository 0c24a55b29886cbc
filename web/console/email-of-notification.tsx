import { keepingFocus } from '../kit/focus.ts';
import { Loading } from '../kit/loading.tsx';
import { useRefreshed } from '../kit/refreshed.ts';
import { isEmail } from './answers.ts';
import { EmailDetails } from './email-details.tsx';
import { Freshness, Outdated } from './list.tsx';
import { useTools } from './tools.ts';

/** The e-mail that a notification is about, as it is by now. */
export const EmailOfNotification = ({ email_id, cardId }: { email_id: number; cardId: string }) => {
  const { api } = useTools();
  const { data, ...reading } = useRefreshed(() =>
    api.read(({ emails }) => emails.show({ email_id }), isEmail),
  );
  if (data === undefined) {
    if (reading.failure === undefined) return <Loading />;
    return <Freshness {...reading} refresh={() => keepingFocus(cardId, reading.refresh)} />;
  }
  const { email } = data;
  // Two notifications can be about one e-mail.
  const id = `${cardId}-email-${email_id}`;
  return (
    <section class="email" id={id} tabIndex={-1} aria-labelledby={`${id}-subject`}>
      <Outdated failure={reading.failure} />
      <EmailDetails email={email} id={id} heading="h3" refresh={reading.refresh} />
    </section>
  );
};
