import { findReleases, type ReleaseRecord } from '../../functions/deployments/releases.ts';
import { Aliases } from '../releases/aliases.ts';
import { elsewhere } from '../releases/list.ts';
import { opsCommand, tableOf } from '../target.ts';
import { type Check, deployCommand, note, ok } from './check.ts';

/** The release of each service that was deployed last. */
const latestOf = (releases: readonly ReleaseRecord[]): ReleaseRecord[] =>
  [...Map.groupBy(releases, ({ service }) => service).values()].flatMap(([latest]) => latest ?? []);

/** Whether what answers is what was deployed last: after going back it is not, and a deployment leaves alone what it does not change. */
export const releases: Check = {
  name: 'releases',
  needs: ['table'],
  look: async (target) => {
    const latest = latestOf(await findReleases(tableOf(target)));
    if (latest.length === 0)
      return note('None is on record, so that nobody can go back.', deployCommand(target));
    const aliases = await new Aliases(target).findAll(
      latest.flatMap(({ functions }) => Object.keys(functions)),
    );
    const behind = latest.filter((each) => elsewhere(each, aliases).length > 0);
    const [first] = behind;
    if (first === undefined) return ok(`what was deployed last answers: ${latest.length} services`);
    const said = behind.map((each) => {
      const { service, release, functions } = each;
      const count = `${elsewhere(each, aliases).length} of ${Object.keys(functions).length} functions`;
      return `${service} was deployed last as ${release}, of which ${count} do not answer`;
    });
    const isOne = new Set(behind.map(({ release }) => release)).size === 1;
    const only = isOne ? '' : ` --service ${first.service}`;
    return note(`${said.join('; ')}.`, opsCommand(target, `releases back ${first.release}${only}`));
  },
};
