import {
  deploymentKey,
  findDeployments,
  type Kind,
  type RouteRecord,
  type ServiceRecord,
} from '../functions/deployments/deployment-state.ts';
import { catalogue } from '../functions/routes/catalogue.ts';
import type { Table } from '../functions/table/table.ts';

/** What this checkout says of a service or a route, without what only its deployment knows. */
interface Expected {
  kind: Kind;
  name: string;
  said: Record<string, unknown>;
}

/** A deployment record, beside what this checkout says. */
export type Compared = { kind: Kind; name: string } & (
  | { state: 'sound'; said: Expected['said']; record: ServiceRecord | RouteRecord }
  | { state: 'missing' | 'unreadable'; said: Expected['said'] }
  /** On record, and nothing of this checkout’s. */
  | { state: 'unknown' }
);

const expected: readonly Expected[] = [...new Set(catalogue.map(({ service }) => service))]
  .map((name): Expected => ({ kind: 'service', name, said: {} }))
  .concat(
    catalogue.map(({ service, method, path, purpose, sensitive }) => ({
      kind: 'route',
      name: path,
      said: { service, method, path, purpose, sensitive },
    })),
  );

/** Compares the records that there are with this checkout's catalogue. */
export const compareRecords = async (table: Table): Promise<Compared[]> => {
  const { services, routes } = await findDeployments(table);
  const recordOf = (kind: Kind, name: string) =>
    (kind === 'service' ? services : routes).find((record) => record.name === name);
  const unreadable = new Set(table.unreadable.map(({ key }) => key.sk));

  const known = expected.map(({ kind, name, said }): Compared => {
    const record = recordOf(kind, name);
    if (record !== undefined) return { kind, name, said, state: 'sound', record };
    const isThere = unreadable.delete(deploymentKey(kind, name).sk);
    return { kind, name, said, state: isThere ? 'unreadable' : 'missing' };
  });
  const isKnown = (kind: Kind, name: string) =>
    expected.some((each) => each.kind === kind && each.name === name);
  const unknown = (kind: Kind, names: readonly string[]) =>
    names.filter((name) => !isKnown(kind, name)).map((name) => ({ kind, name, state: 'unknown' as const }));
  const unreadableOf = (kind: Kind) => {
    const start = deploymentKey(kind, '').sk;
    return [...unreadable].filter((sk) => sk.startsWith(start)).map((sk) => sk.slice(start.length));
  };
  return [
    ...known,
    ...unknown('service', [...services.map(({ name }) => name), ...unreadableOf('service')]),
    ...unknown('route', [...routes.map(({ name }) => name), ...unreadableOf('route')]),
  ];
};
