import { changesBetween } from '../../orders/history.ts';
import type { Order } from '../../orders/order.ts';
import { type OrderPreview, orderPreview, previewOf } from '../../orders/preview.ts';
import type { EmailContent } from '../../outbox/email.ts';

/**
 * What a dry run answers that would make one order of another: made by the rules by which it is made in earnest, so that it is true.
 *
 * @param before undefined where the order would be a new one
 * @param email that its client would get
 */
export const previewExample = (
  before: Order | undefined,
  after: Order,
  email: EmailContent | undefined,
): OrderPreview => {
  const blank: Order = { ...after, reference: null, notes: '', line_items: [], appointments: [] };
  return orderPreview.parse({
    ...previewOf(before, after, changesBetween(before ?? blank, after)),
    email: email ? { kind: email.kind, subject: email.subject, text: email.text } : null,
  });
};
