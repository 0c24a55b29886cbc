import { DeploymentRecords } from '../../functions/deployments/deployment-records.ts';
import { findDeployments } from '../../functions/deployments/deployment-state.ts';
import { findReleases, type ReleaseRecord } from '../../functions/deployments/releases.ts';
import { functionOfRoute, resourceName } from '../../infra/stages.ts';
import { recordFirst } from '../audit.ts';
import { failureInWords } from '../failure.ts';
import { say } from '../print.ts';
import { OpsError, stageOf, type Target, tableOf } from '../target.ts';
import { Aliases } from './aliases.ts';
import { listed, ofService } from './of-service.ts';

/** Those of the kept releases that are meant; without any it says what there is. */
const chosen = (
  kept: readonly ReleaseRecord[],
  release: string,
  service: string | undefined,
): readonly ReleaseRecord[] => {
  const meant = ofService(kept, service);
  const found = meant.filter((each) => each.release === release);
  if (found.length > 0) return found.toSorted((one, other) => one.service.localeCompare(other.service));
  const releases = listed(meant.map((each) => each.release));
  const whose = service === undefined ? '' : ` of ${service}`;
  throw new OpsError(`There is no release ${release}${whose}; there are: ${releases}.`);
};

/** Says what stays as it is, since the release does not have it: functions, and where no service is named, services. */
const sayWhatStays = (
  kept: readonly ReleaseRecord[],
  found: readonly ReleaseRecord[],
  service: string | undefined,
): void => {
  const names = service === undefined ? new Set(kept.map((each) => each.service)) : [];
  for (const name of names) {
    if (!found.some((each) => each.service === name))
      say(`${name}: has no such release, and stays as it is.`);
  }
  for (const { service: name, release, functions } of found) {
    const latest = kept.find((each) => each.service === name)?.functions ?? {};
    const others = Object.keys(latest).filter((each) => functions[each] === undefined);
    if (others.length > 0)
      say(`${name}: ${others.join(', ')} stay as they are, since ${release} did not have them.`);
  }
};

/**
 * Has the functions of a release that is kept answer again, those of all services or of one, by moving their aliases to the
 * versions that they had. What a function answers by then is put on record at once, so that the command can be typed again,
 * whatever has become of it. It goes on when a function fails.
 *
 * @throws {OpsError} if there is no such release or service, or functions have failed, which it names
 */
export const goBack = async (target: Target, release: string, service: string | undefined): Promise<void> => {
  const table = tableOf(target);
  const [kept, { routes, services }] = await Promise.all([findReleases(table), findDeployments(table)]);
  const found = chosen(kept, release, service);
  for (const each of found) {
    say(
      `${each.service}: ${Object.keys(each.functions).length} functions go to release ${release} of ${each.deployed_at}.`,
    );
  }
  sayWhatStays(kept, found, service);
  await recordFirst(target, `releases back${service === undefined ? '' : ` --service ${service}`}`, {
    kind: 'release',
    id: release,
  });

  const aliases = new Aliases(target);
  const records = new DeploymentRecords(target.documents, target.tableName);
  const routeOf = new Map(
    routes.map(({ path }) => [resourceName(stageOf(target), functionOfRoute(path)), path] as const),
  );
  const move = async (name: string, version: string): Promise<boolean> => {
    try {
      await aliases.move(name, version);
      const path = routeOf.get(name);
      if (path !== undefined) await records.record('route', { name: path, release, version }, new Date());
      say(`${name}: version ${version}`);
      return true;
    } catch (error) {
      say(`${name}: FAILED: ${failureInWords(error, target)}`);
      return false;
    }
  };
  const failed: string[] = [];
  for (const each of found) {
    const before = failed.length;
    for (const [name, version] of Object.entries(each.functions)) {
      if (!(await move(name, version))) failed.push(name);
    }
    const isOnRecord = services.some(({ name }) => name === each.service);
    if (isOnRecord && failed.length === before) {
      await records.record('service', { name: each.service, release }, new Date());
    }
  }
  if (failed.length > 0) {
    throw new OpsError(
      `${failed.length} did not go to release ${release}: ${failed.join(', ')}. Type it again.`,
    );
  }
  say(`Release ${release} answers.`);
  if (target.stage !== undefined) {
    say('CloudFormation does not know: give -c ignore-alarms=true to the next deployment.');
  }
};
