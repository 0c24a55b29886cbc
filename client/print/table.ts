import { catalogue } from '../../functions/routes/catalogue.ts';
import { HEADER } from './interfaces.ts';
import { type AnyRoute, listIn } from './methods.ts';
import { retries } from './retries.ts';

const entryOf = (route: AnyRoute): string => {
  const list = listIn(route);
  const facts = [
    `method: '${route.method}'`,
    ...(route.sensitive ? ['sensitive: true'] : []),
    ...(route.access === 'anyone' ? ['open: true'] : []),
    ...(list === undefined ? [] : [`list: '${list}'`]),
  ];
  return `  '${route.path}': { ${facts.join(', ')} },\n`;
};

/** `client/src/table.ts`, not yet formatted: what is known of routes and statuses when a request is sent. */
export const printTable = (): string => `${HEADER}
export interface RouteFacts {
  readonly method: 'GET' | 'POST';
  /** Whether its body is the JSON text in base64. */
  readonly sensitive?: true;
  /** Whether it takes no token. */
  readonly open?: true;
  /** The member of its data that holds the list, where it shows one page by page. */
  readonly list?: string;
}

export const routes = {
${catalogue.map(entryOf).join('')}} as const satisfies Record<string, RouteFacts>;

/** What a status says about sending the same request again: not to, with the same key, or after the pause that it says. */
export type Retry = 'never' | 'same-key' | 'after-pause';

export const retryOf = {
${retries()
  .map(([status, retry]) => `  '${status}': '${retry}',\n`)
  .join('')}} as const satisfies Record<string, Retry>;

/** Every status that a request can end in. */
export type Status = keyof typeof retryOf;
`;
