import { Command } from 'commander';
import { DeploymentRecords } from '../functions/deployments/deployment-records.ts';
import { findDeployments, type ServiceRecord } from '../functions/deployments/deployment-state.ts';
import { catalogue } from '../functions/routes/catalogue.ts';
import type { Table } from '../functions/table/table.ts';
import { recordFirst } from './audit.ts';
import { warning } from './guard.ts';
import { sayLeftOut } from './left-out.ts';
import { printTable, say } from './print.ts';
import { OpsError, type Target, tableOf } from './target.ts';

const stateOf = ({ withdrawn_at }: ServiceRecord): string =>
  withdrawn_at === undefined ? 'deployed' : `withdrawn since ${withdrawn_at}`;

const common = (record: ServiceRecord): string[] => [
  record.name,
  stateOf(record),
  record.release,
  record.deployed_at,
];
const HEADINGS = ['NAME', 'STATE', 'RELEASE', 'DEPLOYED'];

const listServices = async (table: Table): Promise<void> => {
  const { services } = await findDeployments(table);
  printTable(HEADINGS, services.map(common));
};

const listRoutes = async (table: Table): Promise<void> => {
  const { routes } = await findDeployments(table);
  printTable(
    [...HEADINGS, 'VERSION', 'METHOD', 'SERVICE', 'PURPOSE'],
    routes.map(({ version = '', method, service, purpose, ...record }) => [
      ...common(record),
      version,
      method,
      service,
      purpose,
    ]),
  );
};

const NOBODY_SIGNS_IN =
  'Nobody can sign in, on the console either. Who is signed in stays so, and programs go on.';
/** What goes with some services and routes besides their own requests. */
const CONSEQUENCES: Partial<Record<string, string>> = {
  auth: `Whoever is not signed in is locked out: nobody can register or become a client. ${NOBODY_SIGNS_IN}`,
  operations:
    'The console shows nothing any more: no notifications, no e-mails, nothing of what is deployed.',
  'sessions/create': NOBODY_SIGNS_IN,
};

/** Whom it concerns when a service or a route is withdrawn; undefined of what this checkout does not know. */
const consequencesOf = (kind: 'service' | 'route', name: string): string | undefined => {
  const paths = catalogue.filter((route) => (kind === 'service' ? route.service : route.path) === name);
  if (paths.length === 0) return undefined;
  const gone = `No request to ${paths.map(({ path }) => path).join(', ')} is answered until it is restored.`;
  return [gone, CONSEQUENCES[name]].filter((sentence) => sentence !== undefined).join(' ');
};

const commandsFor = (
  kind: 'service' | 'route',
  list: (table: Table) => Promise<void>,
  target: () => Target,
): Command => {
  const records = () => {
    const { documents, tableName } = target();
    return new DeploymentRecords(documents, tableName);
  };
  const group = new Command(`${kind}s`).description(`lists, withdraws and restores ${kind}s`);
  group
    .command('list')
    .description(`which release of each ${kind} is deployed, and which are withdrawn`)
    .action(async () => {
      const table = tableOf(target());
      await list(table);
      sayLeftOut(table, target());
    });

  const change = (verb: 'withdraw' | 'restore', effect: string, act: (name: string) => Promise<boolean>) =>
    group
      .command(`${verb} <name>`)
      .description(`${effect}, within 30 seconds and without a deployment`)
      .action(async (name: string) => {
        await recordFirst(target(), `${kind}s ${verb}`, { kind, id: name });
        if (!(await act(name))) throw new OpsError(`There is no ${kind} ${name}`, `${kind}s list`);
        say(`${kind} ${name}: ${effect} within 30 seconds.`);
      });
  const withdraw = (name: string) => records().withdraw(kind, name, new Date());
  warning(change('withdraw', `requests get ${kind}-not-found`, withdraw), (name = '') =>
    consequencesOf(kind, name),
  );
  change('restore', 'requests are answered again', (name) => records().restore(kind, name));
  return group;
};

/** The commands for what is deployed. */
export const deploymentCommands = (target: () => Target): Command[] => [
  commandsFor('route', listRoutes, target),
  commandsFor('service', listServices, target),
];
