import { findReleases, type ReleaseRecord } from '../../functions/deployments/releases.ts';
import { sayLeftOut } from '../left-out.ts';
import { printTable, say } from '../print.ts';
import { type Target, tableOf } from '../target.ts';
import { type Alias, Aliases } from './aliases.ts';
import { ofService } from './of-service.ts';

type FoundAliases = ReadonlyMap<string, Alias | undefined>;

/** The functions of a release that are not called in its version. */
export const elsewhere = ({ functions }: ReleaseRecord, aliases: FoundAliases): string[] =>
  Object.entries(functions).flatMap(([name, version]) =>
    aliases.get(name)?.version === version ? [] : [name],
  );

const rowOf = (record: ReleaseRecord, all: readonly ReleaseRecord[], aliases: FoundAliases): string[] => {
  const { release, service, deployed_at, functions } = record;
  const isWhole = (each: ReleaseRecord) => elsewhere(each, aliases).length === 0;
  const isMixed = !all.some((each) => each.service === service && isWhole(each));
  const count = Object.keys(functions).length;
  const some = `${count - elsewhere(record, aliases).length} of ${count} functions`;
  return [release, service, deployed_at, isWhole(record) ? 'answers' : isMixed ? some : ''];
};

/** What of an alias does not show in the list. */
const oddityOf = (name: string, alias: Alias | undefined): string | undefined => {
  if (alias === undefined) return `${name}: is not there any more.`;
  const { version, shifting } = alias;
  if (shifting === undefined) return undefined;
  return `${name}: version ${version}, but ${Math.round(shifting.part * 100)} % of the calls go to version ${shifting.version}.`;
};

/**
 * Prints the releases that are kept, of all services or of one, and which of them answers, as the aliases of their functions say.
 * Where no function differs between two releases, both answer.
 *
 * @throws {OpsError} if there is no release of the service
 */
export const listReleases = async (target: Target, service: string | undefined): Promise<void> => {
  const table = tableOf(target);
  const releases = ofService(await findReleases(table), service);
  const aliases = await new Aliases(target).findAll(
    releases.flatMap(({ functions }) => Object.keys(functions)),
  );
  printTable(
    ['RELEASE', 'SERVICE', 'DEPLOYED', 'ANSWERS'],
    releases.map((each) => rowOf(each, releases, aliases)),
  );
  for (const [name, alias] of aliases) {
    const oddity = oddityOf(name, alias);
    if (oddity !== undefined) say(oddity);
  }
  sayLeftOut(table, target);
};
