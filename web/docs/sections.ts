import type { Order } from '../../client/src/types.ts';
import { prettyJson } from '../../functions/documents/reference/pretty-json.ts';
import type { Path } from './ask.ts';

/** A route as its section on the page tells of it. */
export interface Section {
  id: string;
  path: Path;
  /** Where it can be tried. */
  place: Element;
  /** The body of its example; undefined for a `GET`. */
  body: string | undefined;
  /** The parameters of a `GET`, each with its value in the example; empty where that has none. */
  query: [name: string, value: string][];
  takesDryRun: boolean;
}

const sectionOf = (article: HTMLElement): Section => {
  const { path = '', query } = article.dataset;
  const id = article.querySelector('h3')?.id ?? '';
  const example = new URLSearchParams(query);
  const names = [...article.querySelectorAll('.params dt a')].map((name) => name.textContent);
  return {
    id,
    path: path as Path,
    place: article.querySelector('.request') ?? article,
    body: document.getElementById(`${id}-request-body-example`)?.nextElementSibling?.textContent,
    query: names.filter((name) => name !== 'token').map((name) => [name, example.get(name) ?? '']),
    takesDryRun: names.includes('dry_run'),
  };
};

/** The routes on this page. What can be read here is not said once more by the script. */
export const sections = (): Section[] => [...document.querySelectorAll<HTMLElement>('.route')].map(sectionOf);

/** What examples say of an order, as an order has it. */
const namesOf = (order: Order): Record<string, unknown> => ({
  order_id: order.order_id,
  order_ids: order.order_id,
  client_id: order.client_id,
  updated_at: order.updated_at,
  line_item_id: order.line_items[0]?.line_item_id,
  appt_id: order.appointments[0]?.appt_id,
});

/** The value that a parameter has in an example: that of an order that was seen, if it has one. */
export const valueIn = (order: Order | undefined, name: string, value: unknown): unknown =>
  (order && namesOf(order)[name]) ?? value;

/** The body of an example, about an order that was seen, and without a token: that is of whoever is signed in. */
export const bodyAbout = (order: Order | undefined, body: string): string =>
  prettyJson(JSON.parse(body, (name, value) => (name === 'token' ? undefined : valueIn(order, name, value))));
