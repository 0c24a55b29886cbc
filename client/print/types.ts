import { catalogue } from '../../functions/routes/catalogue.ts';
import { HEADER, interfaceOf } from './interfaces.ts';
import { type AnyRoute, typeNameOf } from './methods.ts';
import { PLACES } from './places.ts';
import { type Sentences, sentencesOf } from './sentences.ts';
import { type Names, type Schema, typeOf } from './type-of.ts';

/** The sentences about the members of an object that is a parameter, without the way to them. */
const sentencesBelow = (sentences: Sentences, place: string): Sentences => {
  const start = `${place
    .split(' ')
    .slice(2)
    .filter((step) => Number.isNaN(Number(step)))
    .join('.')}.`;
  const below = Object.entries(sentences).filter(([path]) => path.startsWith(start));
  return Object.fromEntries(below.map(([path, sentence]) => [path.slice(start.length), sentence]));
};

const printObjects = (names: Names, ofRoutes: ReadonlyMap<string, Sentences>): string[] =>
  [...names].map(([schema, name]) => {
    const place = PLACES[name] ?? '';
    const [path = '', part] = place.split(' ');
    const sentences = part === 'params' ? sentencesBelow(ofRoutes.get(path) ?? {}, place) : {};
    return interfaceOf(name, schema, names, { sentences });
  });

const printRoute = (route: AnyRoute, names: Names, sentences: Sentences): string[] => {
  const [params, data]: [Schema, Schema] = [route.params, route.data];
  const called = `\`${route.method} ${route.path}\``;
  return [
    interfaceOf(`${typeNameOf(route)}Params`, params, names, {
      about: `Parameters of ${called}.`,
      sentences,
    }),
    interfaceOf(`${typeNameOf(route)}Data`, data, names, { about: `What ${called} answers.` }),
  ];
};

/** `client/src/types.ts`, not yet formatted: interfaces of all that is sent and answered. */
export const printTypes = async (names: Names): Promise<string> => {
  const ofRoutes = new Map<string, Sentences>();
  for (const route of catalogue) ofRoutes.set(route.path, await sentencesOf(route));
  const routes = catalogue.map((route) => {
    const preview = route.preview === undefined ? '' : `; preview: ${typeOf(route.preview, names)}`;
    return `  '${route.path}': { params: ${typeNameOf(route)}Params; data: ${typeNameOf(route)}Data${preview} };\n`;
  });
  return [
    `${HEADER}import type { Json } from './json.ts';\n`,
    ...printObjects(names, ofRoutes),
    ...catalogue.flatMap((route) => printRoute(route, names, ofRoutes.get(route.path) ?? {})),
    `/** Parameters and data of each route, by its path, and what a dry run of it answers. */\nexport interface Routes {\n${routes.join('')}}\n`,
  ].join('\n');
};
