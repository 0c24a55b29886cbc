import type { Described } from '../../contract/describe-route.ts';
import { exampleSession } from '../../routes/example-docs.ts';

/** As many characters as stand beside the text on a small laptop. */
const WIDTH = 60;

const inOneLine = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${inOneLine(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
};

/**
 * A value as JSON for people: what fits into a line stands in one.
 *
 * @param lead what stands before it in its line
 */
export const prettyJson = (value: unknown, indent = '', lead = indent): string => {
  const line = inOneLine(value);
  if (typeof value !== 'object' || value === null || lead.length + line.length < WIDTH) return line;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const entries = Array.isArray(value)
    ? value.map((each) => deeper + prettyJson(each, deeper))
    : Object.entries(value).map(([name, each]) => {
        const named = `${deeper}${JSON.stringify(name)}: `;
        return named + prettyJson(each, deeper, named);
      });
  return `${open}\n${entries.join(',\n')}\n${indent}${close}`;
};

/** The body of an example; where there is nothing to say, the token makes it one that holds something. */
export const bodyOf = ({ docs }: Described): object =>
  Object.keys(docs.request).length === 0 ? { token: exampleSession.token } : docs.request;

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
    const query = new URLSearchParams(docs.request as Record<string, string>).toString();
    return onLines(query ? `curl "${url}?${query}"` : `curl ${url}`, TOKEN);
  }
  const body = quoted(prettyJson(bodyOf(described), route.sensitive ? '' : '  '));
  const takesToken = route.access !== 'anyone' && Object.keys(docs.request).length > 0;
  const headers = [...(takesToken ? [TOKEN] : []), KEY, JSON_TYPE];
  if (route.sensitive)
    return `printf %s ${body} | base64 |\n  ${onLines(`curl ${url}`, ...headers, '-d @-')}`;
  return onLines(`curl ${url}`, ...headers, `-d ${body}`);
};
