import { Command } from 'commander';
import { warning } from './guard.ts';
import type { Target } from './target.ts';

interface Options {
  service?: string;
}

/** The commands for releases. They take a client of AWS that no other command needs. */
export const releaseCommands = (target: () => Target): Command[] => {
  const group = new Command('releases').description('lists the releases that are kept, and goes back to one');
  const OF_SERVICE = ['--service <name>', 'only of that service, or of the gateway'] as const;
  group
    .command('list')
    .option(...OF_SERVICE)
    .description('the latest five of each service, and which of them answers')
    .action(async ({ service }: Options) => {
      const { listReleases } = await import('./releases/list.ts');
      await listReleases(target(), service);
    });
  const back = group
    .command('back <release>')
    .option(...OF_SERVICE)
    .description('has the functions of a release answer again, within a minute and without a deployment')
    .action(async (release: string, { service }: Options) => {
      const { goBack } = await import('./releases/back.ts');
      await goBack(target(), release, service);
    });
  warning(back, (release) => {
    const { service } = back.opts<Options>();
    const whose = service === undefined ? 'all services' : service;
    return (
      `All calls of ${whose} go to the functions of release ${release} at once. Rows stay as they are, and so do policies. ` +
      'A deployment that is under way has to be cancelled before.'
    );
  });
  return [group];
};
