/**
 * The codes of faults in parameters, and what each means. A fault can be made with none but these, so that no code is without
 * its sentence. Handlers know the names alone, as a type.
 */
export const codeDocs = {
  'already-cancelled': 'The appointment is cancelled already.',
  'already-client': 'The user of the session is a client already.',
  'already-verified': 'The address of the session’s user is verified already.',
  'answer-too-large': 'The answer would be larger than can be sent: ask for fewer.',
  'being-sent': 'The e-mail is being sent at this moment, so that there is nothing to decide about it.',
  blank: 'The text has no character that can be seen.',
  conflicting: 'The parameter contradicts another one, or the same one given elsewhere.',
  discarded: 'The e-mail was discarded.',
  duplicate: 'The id is given twice in one list.',
  'greater-than-quantity': 'More would be completed than there is.',
  'in-future': 'The time is yet to come, and must not be; a day is allowed for time zones.',
  'in-past': 'The time is before yesterday, in UTC.',
  'in-query': 'The token is in the query string, where it would end up in logs.',
  'less-than-completed-quantity': 'Of the item more is completed than there would be.',
  malformed: 'The value does not have the form that is asked for.',
  missing: 'The parameter is required, and absent or null.',
  'not-found':
    'There is no such thing, or the caller may not see it; which of them, the answer does not tell.',
  'not-one-of': 'The value is none of those that are listed.',
  'not-permitted': 'The role of the caller may not give this parameter.',
  'nothing-completed': 'A date or a name of completion is given for an item of which nothing is completed.',
  'order-too-large': 'The order would be larger than 128,000 bytes as JSON.',
  'other-list':
    'The cursor belongs to a list with other parameters; only `limit` may change from page to page.',
  parked: 'The e-mail is parked: somebody else has decided about it at the same moment.',
  reused: 'The idempotency key was used before, for a request with other parameters.',
  sent: 'The e-mail was sent.',
  stale: 'The order has changed since; the current one is in `data.order`.',
  taken: 'Somebody else has it: an address another user, a reference another order of the client.',
  'too-common':
    'The password is one of those that are tried first: it is among the most common ones or a simple pattern, or is the user’s own address or name.',
  'too-few': 'The list has too few elements.',
  'too-large': 'The number is above its bound, or the body above 256 KiB.',
  'too-long': 'The text has too many characters.',
  'too-many': 'The list has too many elements, or the order would have too many line items.',
  'too-many-appointments': 'The order has as many appointments as an order can have.',
  'too-short': 'The text has too few characters.',
  'too-small': 'The number is below its bound.',
  type: 'The value is of another type: types are strict, so that `"7"` is no integer.',
  unknown: 'The route has no parameter of that name.',
  'unknown-state': 'The e-mail is in a state that only another release knows.',
  unreadable: 'The row of the e-mail cannot be read, so that it cannot be sent; it can be discarded.',
  unsent: 'The e-mail is to be sent already: somebody else has decided about it at the same moment.',
  'without-text':
    'The text of the e-mail was a secret and is gone, so that it cannot be sent again: whoever needs it asks for another one.',
  'without-reason': 'A note on a cancellation needs a reason with it.',
  wrong:
    'What is to prove who somebody is does not: a password, a link or a code that is another one, was used, or has ended. The answer does not tell whether it is the e-mail address that is wrong.',
} as const satisfies Record<string, string>;

/** The code of a fault. */
export type FaultCode = keyof typeof codeDocs;
