import { type Fault, fault, missing } from '../contract/faults.ts';
import { type Middleware, need } from './exchange.ts';

/** Whether an authorization header is of the scheme in which tokens are given. */
const isBearer = (header: string): boolean => /^bearer(?![^\s,])/i.test(header);

/** What an authorization header gives as the token: of a scheme other than Bearer, something that is none. */
const bearerOf = (header: string): string => /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';

const PARAM = 'token';

/**
 * Finds the token, in the authorization header or as a parameter of the body, and what is wrong with where it is. What is
 * no text can be no token either, and is left to be judged as one that is unknown.
 */
export const findToken: Middleware = {
  before: ({ event, context: { exchange } }) => {
    const { [PARAM]: param, ...raw } = need(exchange, 'raw');
    exchange.raw = raw;
    const header = event.headers?.authorization;
    const inBody = param === undefined || param === null ? [] : [typeof param === 'string' ? param : ''];
    // Beside a token in the body, a header of another scheme is for somebody between the client and us.
    const isOurs = header !== undefined && (isBearer(header) || inBody.length === 0);
    const given = [...(isOurs ? [bearerOf(header)] : []), ...inBody];
    const [token] = given;
    if (token !== undefined) exchange.token = token;
    exchange.tokenFaults = faultsOf(given, event.queryStringParameters?.[PARAM] !== undefined);
  },
};

const faultsOf = (given: readonly string[], inQuery: boolean): Fault[] => {
  if (inQuery) return [fault(PARAM, 'in-query', 'must not be in the query string, where it would be logged')];
  if (given.length === 0) return [missing(PARAM)];
  return given.some((token) => token !== given[0])
    ? [fault(PARAM, 'conflicting', 'is given twice and differs: in the header and as a parameter')]
    : [];
};
