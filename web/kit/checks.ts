import type { Fault, PlanoError, Session } from '../../client/src/index.ts';

/**
 * What a page relies on in what it is given: what it draws without another look. Anything else is left alone, since another
 * release may say more; and kinds and states are any text, since it may know others.
 */
export type Check = (value: unknown) => boolean;

export const text: Check = (value) => typeof value === 'string';
export const number: Check = (value) => typeof value === 'number';
export const truth: Check = (value) => typeof value === 'boolean';
/** Any other could not be sent in a header. */
const token: Check = (value) => typeof value === 'string' && /^[\w-]+$/.test(value);

export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

export const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((each) => check(each));

export const hash =
  <Hash>(fields: { [Name in keyof Hash]?: Check }) =>
  (value: unknown): value is Hash =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries<Check>(fields as Record<string, Check>).every(([name, check]) =>
      check((value as Record<string, unknown>)[name]),
    );

/** Whether a refusal can be shown. */
export const isRefusal: Check = hash<PlanoError>({
  requestId: orAbsent(text),
  errors: orAbsent(listOf(hash<Fault>({ param: text, code: text, message: text }))),
});

/** What a page keeps of a session. */
export type KeptSession = Pick<Session, 'token' | 'name'>;
export const isKeptSession = hash<KeptSession>({ token, name: text });
export const isOpenedSession = hash<Session>({ token, name: text, roles: listOf(text) });
