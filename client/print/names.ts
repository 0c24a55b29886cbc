import { sessionView } from '../../functions/contract/session-view.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { PLACES } from './places.ts';
import { choicesOf, definitionOf, type Names, type Schema } from './type-of.ts';

/** What a schema is of, once lists, optional and nullable ones are looked into. */
const within = (schema: Schema): Schema => {
  const { innerType, element } = definitionOf(schema);
  const inner = innerType ?? element;
  return inner === undefined ? schema : within(inner);
};

const stepInto = (schema: Schema | undefined, step: string): Schema | undefined => {
  const found = schema && (choicesOf(schema)[Number(step)] ?? definitionOf(schema).shape?.[step]);
  return found && within(found);
};

const schemaAt = (place: string): Schema => {
  const [path, part, ...steps] = place.split(' ');
  const route = catalogue.find((each) => each.path === path);
  const parts: Record<string, Schema | undefined> = {
    params: route?.params,
    data: route?.data,
    preview: route?.preview,
  };
  const schema = steps.reduce(stepInto, parts[part ?? '']);
  if (schema === undefined) throw new Error(`client/print/places.ts names ${place}, where nothing is.`);
  return schema;
};

/** The names of all objects, those of a session and of what `PLACES` says. */
export const namesOfObjects = (): Names =>
  new Map([
    [sessionView, 'Session'],
    ...Object.entries(PLACES).map(([name, place]): [Schema, string] => [schemaAt(place), name]),
  ]);
