import { Command } from 'commander';
import { DeploymentRecords } from '../functions/adapters/deployment-records.ts';
import { findDeployments, type ServiceRecord } from '../functions/adapters/deployment-state.ts';
import type { Table } from '../functions/adapters/table.ts';
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
    .action(() => list(tableOf(target())));

  const change = (verb: 'withdraw' | 'restore', effect: string, act: (name: string) => Promise<boolean>) =>
    group
      .command(`${verb} <name>`)
      .description(`${effect}, within 30 seconds and without a deployment`)
      .action(async (name: string) => {
        if (!(await act(name)))
          throw new OpsError(`There is no ${kind} ${name}; see: npm run ops -- ${kind}s list`);
        say(`${kind} ${name}: ${effect} within 30 seconds.`);
      });
  change('withdraw', `requests get ${kind}-not-found`, (name) => records().withdraw(kind, name, new Date()));
  change('restore', 'requests are answered again', (name) => records().restore(kind, name));
  return group;
};

/** The commands for what is deployed. */
export const deploymentCommands = (target: () => Target): Command[] => [
  commandsFor('route', listRoutes, target),
  commandsFor('service', listServices, target),
];
