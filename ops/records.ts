import { Command } from 'commander';
import { DeploymentRecords } from '../functions/deployments/deployment-records.ts';
import { deploymentKey } from '../functions/deployments/deployment-state.ts';
import type { Row } from '../functions/table/row.ts';
import project from '../package.json' with { type: 'json' };
import { recordFirst } from './audit.ts';
import { type Compared, compareRecords } from './compare-records.ts';
import { say } from './print.ts';
import { OpsError, type Target, tableOf } from './target.ts';

interface Options {
  only?: string;
  release?: string;
  prune?: boolean;
}

/** The release that all sound records name; undefined when they name several, or there are none. */
const agreedRelease = (records: readonly Compared[]): string | undefined => {
  const releases = new Set(records.flatMap((each) => (each.state === 'sound' ? [each.record.release] : [])));
  return releases.size === 1 ? [...releases][0] : undefined;
};

/** What of a record that cannot be read can be taken as it is. Whatever says that it was withdrawn, it stays so. */
const rescued = ({ release, deployed_at, withdrawn_at }: Row, now: Date): Record<string, unknown> => ({
  ...(typeof release === 'string' && { release }),
  ...(typeof deployed_at === 'string' && { deployed_at }),
  ...(withdrawn_at !== undefined && typeof withdrawn_at !== 'string' && { withdrawn_at: now.toISOString() }),
});

/**
 * Writes the deployment records as this checkout says that they are. When it was deployed, by which release and in which version of
 * its function, a record keeps; of one that is missing the version stays unknown, since only a deployment knows it. Who keeps a
 * record stays as it is: what nobody keeps can be deleted by any resource, and is kept by the next that writes it.
 */
const rewrite = async (target: Target, { only, release, prune = false }: Options): Promise<void> => {
  const table = tableOf(target);
  const records = new DeploymentRecords(target.documents, target.tableName);
  const all = await compareRecords(table);
  const chosen = all.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0)
    throw new OpsError(`There is no service and no route ${only}, nor a record of one.`);
  const supposed = release ?? agreedRelease(all) ?? project.version;
  const now = new Date();
  await recordFirst(target, 'records rewrite', { kind: 'records', id: only ?? 'all' });
  for (const each of chosen) {
    const { kind, name } = each;
    if (each.state === 'unknown') {
      if (prune) await records.remove(kind, name);
      say(
        `${kind} ${name}: ${prune ? 'removed' : 'unknown to this checkout, left as it is; --prune removes it'}`,
      );
      continue;
    }
    if (each.state === 'sound') {
      const { deployed_at } = each.record;
      await records.record(kind, { name, release: each.record.release, deployed_at, ...each.said }, now);
      say(`${kind} ${name}: written anew`);
      continue;
    }
    const row = (await table.get(deploymentKey(kind, name))) ?? {};
    const deployed = { name, release: supposed, ...rescued(row, now), ...each.said };
    await records.record(kind, deployed, now);
    say(
      `${kind} ${name}: ${each.state === 'missing' ? 'was missing' : 'could not be read'}, written as of release ${deployed.release}`,
    );
  }
};

/** The commands for the deployment records as such. */
export const recordCommands = (target: () => Target): Command[] => {
  const group = new Command('records').description('mends what is on record of what is deployed');
  group
    .command('rewrite')
    .option('--only <name>', 'only that of a service or a route')
    .option(
      '--release <name>',
      'which release those are of that are missing; else that of the others, or of this checkout',
    )
    .option('--prune', 'removes those of services and routes that this checkout does not know')
    .description('writes the deployment records as this checkout has them: check out what is deployed')
    .action((options: Options) => rewrite(target(), options));
  return [group];
};
