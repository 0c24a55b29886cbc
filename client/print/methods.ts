import { catalogue } from '../../functions/routes/catalogue.ts';
import { comment, HEADER } from './interfaces.ts';
import { OPENS_SESSION } from './places.ts';
import { definitionOf, isOptional, type Names, type Schema, typeOf } from './type-of.ts';

export type AnyRoute = (typeof catalogue)[number];

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const pascal = (text: string): string => text.split(/[/_]/).map(capitalised).join('');

/** What the types of a route start with: that of `users/client_register` with `UsersClientRegister`. */
export const typeNameOf = ({ path }: AnyRoute): string => pascal(path);

const groupOf = ({ path }: AnyRoute): string => path.split('/')[0] ?? '';
const methodOf = ({ path }: AnyRoute): string => {
  const name = pascal(path.split('/')[1] ?? '');
  return name.charAt(0).toLowerCase() + name.slice(1);
};

/** The member of its data that holds the list, of a route that shows one page by page. */
export const listIn = (route: AnyRoute): string | undefined => {
  const { shape } = definitionOf(route.data);
  return 'next_cursor' in shape ? Object.keys(shape).find((name) => name !== 'next_cursor') : undefined;
};

/** Whether a call can do without parameters. */
const takesNothing = (route: AnyRoute): boolean =>
  Object.values(definitionOf(route.params).shape).every(isOptional);

/** Whether a call is a dry run, on which its answer depends; where that is not known, the answer can be either. */
const DRY = 'Dry extends boolean | undefined = false';

const methodsOf = (route: AnyRoute, names: Names): string => {
  const params = `params${takesNothing(route) ? '?' : ''}: ${typeNameOf(route)}Params`;
  const data = `${typeNameOf(route)}Data`;
  const options = route.method === 'POST' ? 'PostOptions' : 'CallOptions';
  const answer = OPENS_SESSION.includes(route.path) ? 'SessionAnswer' : 'Answer';
  const list = listIn(route);
  const purpose = `${comment(route.purpose, '  ')}  ${methodOf(route)}`;
  if (route.preview !== undefined) {
    const preview = typeOf(route.preview, names);
    return `${purpose}<${DRY}>(${params} & { dry_run?: Dry }, options?: ${options}): Promise<${answer}<Dry extends true ? ${preview} : ${data}>>;\n`;
  }
  const one = `${purpose}(${params}, options?: ${options}): Promise<${answer}<${data}>>;\n`;
  if (list === undefined) return one;
  const element = typeOf(definitionOf(definitionOf(route.data).shape[list] as Schema).element, names);
  const all = comment('The same, one after another, page by page to the end.', '  ');
  return `${one}${all}  ${methodOf(route)}All(${params}, options?: CallOptions): AsyncGenerator<${element}, void, undefined>;\n`;
};

/** The types that the methods name: what is sent and answered, and what lists are of. */
const importsOf = (text: string): string => {
  const ours = /\b(?:Answer|CallOptions|PostOptions|SessionAnswer)\b/g;
  const types = new Set(
    [...text.matchAll(/\b\w+(?:Params|Data)\b|(?<=AsyncGenerator<|Dry extends true \? )\w+/g)].map(
      ([name]) => name,
    ),
  );
  const answers = new Set([...text.matchAll(ours)].map(([name]) => name));
  return [
    `import type { ${[...answers].sort().join(', ')} } from './answers.ts';\n`,
    `import type { ${[...types].sort().join(', ')} } from './types.ts';\n`,
  ].join('');
};

/** `client/src/methods.ts`, not yet formatted: an interface for each first segment of the paths, with a method a route. */
export const printMethods = (names: Names): string => {
  const groups = [...Map.groupBy(catalogue, groupOf)];
  const interfaces = groups.map(
    ([group, routes]) =>
      `export interface ${capitalised(group)} {\n${routes.map((route) => methodsOf(route, names)).join('')}}\n`,
  );
  const members = groups.map(([group]) => `  readonly ${group}: ${capitalised(group)};\n`);
  const text = [...interfaces, `export interface Methods {\n${members.join('')}}\n`].join('\n');
  return `${HEADER}${importsOf(text)}\n${text}`;
};
