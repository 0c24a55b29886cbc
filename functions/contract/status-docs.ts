import type { Status } from './statuses.ts';

/** What a status says to those who program against the API. */
interface StatusDocs {
  /** What has happened. */
  meaning: string;
  /** What to do about it. */
  advice: string;
  /** Whether it is rare: a fault of ours, a route that was withdrawn, or a program that encodes its requests wrongly. */
  uncommon?: true;
}

/** The prose of every status, which is the same on all routes; what a route adds to it is among its own refusals. */
export const statusDocs = {
  'action-successful': {
    meaning: 'The request was carried out; what it asks for is in `data`.',
    advice: 'Nothing needs to be done.',
  },
  'invalid-content-type': {
    meaning: 'The body does not call itself JSON in UTF-8, so it was not read.',
    advice:
      'Send the header `content-type: application/json`. https://developer.mozilla.org/en-US/docs/Web/HTTP/Headers/Content-Type tells what content types are.',
  },
  'invalid-encoded-params': {
    meaning:
      'The body cannot be decoded: it is not JSON, not UTF-8 or, on a sensitive route, not standard base64.',
    advice: 'Check how the body is encoded. A sensitive route takes the JSON text in base64.',
    uncommon: true,
  },
  'no-params-decoded': {
    meaning: 'The body was decoded and holds no parameters: it is empty, `null`, `{}` or no object.',
    advice: 'Send an object with at least one parameter; `token` is one.',
    uncommon: true,
  },
  'missing-param': {
    meaning:
      'A required parameter is absent or null. `errors` lists it, together with everything else that is wrong.',
    advice: 'Mend what `errors` lists, and send the request again.',
  },
  'invalid-param': {
    meaning:
      'A parameter is malformed or unknown, breaks a rule, is out of date, or names something that does not exist or that the caller may not see; those two get the same answer. `errors` lists all faults.',
    advice: 'Mend what `errors` lists, and send the request again.',
  },
  'invalid-token': {
    meaning:
      'The token is unknown, malformed or revoked, or belongs to an application without the scope of the route.',
    advice: 'Sign in again, or use another application token.',
  },
  'session-expired': {
    meaning:
      'The session is older than 7 days, or was unused for 72 hours. One made with `remember_me` does not expire.',
    advice: 'Sign in again.',
  },
  'client-required': {
    meaning:
      'The user has no role yet, and so no permissions: it is neither a client nor an employee nor a liaison.',
    advice:
      'Have the user become a client, by `users/client_register` with the `session` that comes with this answer. A person does it on the page that `registration_page` names.',
  },
  'permission-required': {
    meaning: 'None of the roles of the user may use this route.',
    advice: 'Have somebody do it who may, or ask for the role.',
  },
  'too-many-attempts': {
    meaning: 'Too many attempts of this kind have failed. No more of them are judged for now.',
    advice: 'Wait as long as `retry-after` says.',
  },
  'application-crash': {
    meaning: 'Something failed on our side. The request may have been carried out all the same.',
    advice:
      'Send it again after a pause, with the same `Idempotency-Key`; then it is done once. Without a key, look first whether it was done.',
  },
  'mandrill-email-failed': {
    meaning:
      'What was asked for is done and saved, and in `data`; its e-mail could not be sent yet. The team has been told in its notifications tab, and looks into it: most often something in the data is at fault. The e-mail is tried again for 24 hours. Where nobody has verified the address yet, and it takes no mail, neither is so.',
    advice:
      'Nothing has to be done. The same request with the same `Idempotency-Key` tries the e-mail at once; without a key it would be another request.',
  },
  'route-non-existent': {
    meaning: 'There is no route with this method and path where the request was sent.',
    advice: 'Check the method and the path, and which release the API has.',
  },
  'identify-request-error': {
    meaning: 'Something failed on our side before the route could be identified. Nothing was done.',
    advice: 'Send the request again, as late as `retry-after` says.',
    uncommon: true,
  },
  'service-not-found': {
    meaning: 'The service that the route belongs to is not deployed, or was withdrawn. Nothing was done.',
    advice: 'Send the request again, as late as `retry-after` says.',
    uncommon: true,
  },
  'route-not-found': {
    meaning: 'The route is not deployed, or was withdrawn. Nothing was done.',
    advice: 'Send the request again, as late as `retry-after` says.',
    uncommon: true,
  },
} as const satisfies Record<Status, StatusDocs>;

/** The prose of a status. */
export const docsOfStatus = (status: Status): StatusDocs => statusDocs[status];
