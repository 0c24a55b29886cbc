import type { Described } from '../../contract/describe-route.ts';
import { exampleSession } from '../../routes/example-docs.ts';
import { prettyJson } from './pretty-json.ts';

/** The body of an example; where there is nothing to say, the token makes it one that holds something. */
export const bodyOf = ({ docs }: Described): object =>
  Object.keys(docs.request).length === 0 ? { token: exampleSession.token } : docs.request;

/** The parameters of an example in a query string, without its mark; empty for a `POST`. */
export const queryOf = ({ route, docs }: Described): string =>
  route.method === 'GET' ? new URLSearchParams(docs.request as Record<string, string>).toString() : '';

/** A text in quotes of a shell, in which nothing else has a meaning. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const JSON_TYPE = "-H 'content-type: application/json'";
const TOKEN = '-H "authorization: Bearer $token"';
const KEY = '-H "idempotency-key: $(uuidgen)"';
const onLines = (...parts: string[]): string => parts.join(' \\\n  ');

/** The example as a command: `$api` and `$token` are those that getting in has set. */
export const curlOf = (described: Described): string => {
  const { route, docs } = described;
  const url = `$api/${route.path}`;
  if (route.method === 'GET') {
    const query = queryOf(described);
    return onLines(query ? `curl "${url}?${query}"` : `curl ${url}`, TOKEN);
  }
  const body = quoted(prettyJson(bodyOf(described), route.sensitive ? '' : '  '));
  const takesToken = route.access !== 'anyone' && Object.keys(docs.request).length > 0;
  const headers = [...(takesToken ? [TOKEN] : []), KEY, JSON_TYPE];
  if (route.sensitive)
    return `printf %s ${body} | base64 |\n  ${onLines(`curl ${url}`, ...headers, '-d @-')}`;
  return onLines(`curl ${url}`, ...headers, `-d ${body}`);
};
