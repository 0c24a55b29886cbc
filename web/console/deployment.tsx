import { Fragment } from 'preact';
import type { DeployedRoute, DeployedService, DeploymentsListData } from '../../client/src/index.ts';
import { Boundary } from '../kit/boundary.tsx';
import { ViewHeading } from '../kit/heading.tsx';
import { Loading } from '../kit/loading.tsx';
import { useRefreshed } from '../kit/refreshed.ts';
import { Time } from '../kit/time.tsx';
import { isDeployments } from './answers.ts';
import { StateBadge } from './badge.tsx';
import { Freshness } from './list.tsx';
import { useTools } from './tools.ts';
import { counted } from './words.ts';

/** Since when, by which release, and by which version of a route's function. */
const Since = ({ of, version }: { of: DeployedService; version?: string | null }) => (
  <p class="since soft">
    Release {of.release}, {version && <>version {version}, </>}
    <Time iso={of.deployed_at} />
  </p>
);

/** Since when something has been withdrawn, if it is, and how to have it back. */
const Withdrawal = ({ of, kind }: { of: DeployedService; kind: 'route' | 'service' }) =>
  of.withdrawn_at && (
    <p class="withdrawal">
      Withdrawn <Time iso={of.withdrawn_at} />. To restore it:{' '}
      <code>{`npm run ops -- ${kind}s restore ${of.name}`}</code>
    </p>
  );

/** A path that may go on in the next line after a slash, on a narrow screen. */
const Breakable = ({ path }: { path: string }) =>
  path.split(/(?<=\/)/).map((part) => (
    <Fragment key={part}>
      {part}
      <wbr />
    </Fragment>
  ));

const Service = ({ service, routes }: { service: DeployedService; routes: DeployedRoute[] }) => (
  <section class="card" aria-labelledby={`service-${service.name}`}>
    <div class="head">
      <h2 id={`service-${service.name}`}>{service.name}</h2>
      <StateBadge state={service.state} />
    </div>
    <Since of={service} />
    <Withdrawal of={service} kind="service" />
    <ul class="routes">
      {routes.map((route) => (
        <li key={route.name}>
          <h3>
            <code>
              <span class="soft">{route.method}</span> <Breakable path={route.name} />
            </code>
          </h3>
          <StateBadge state={route.state} />
          <p>{route.purpose}</p>
          <Since of={route} version={route.version} />
          <Withdrawal of={route} kind="route" />
        </li>
      ))}
    </ul>
  </section>
);

/** In one sentence, whether all is as it should be. */
const Summary = ({ services, routes }: DeploymentsListData) => {
  const all = [...services, ...routes];
  const withdrawn = all.filter(({ state }) => state === 'withdrawn').map(({ name }) => name);
  return withdrawn.length === 0 ? (
    <p>
      {counted(services.length, 'service')} with {counted(routes.length, 'route')}
      {all.every(({ state }) => state === 'deployed') && ', all deployed'}.
    </p>
  ) : (
    <p class="notice failure">
      Withdrawn by hand: <strong>{withdrawn.join(', ')}</strong>. Requests there are refused.
    </p>
  );
};

export const Deployment = () => {
  const { api } = useTools();
  const { data, ...reading } = useRefreshed(() =>
    api.read(({ deployments }) => deployments.list(), isDeployments),
  );
  return (
    <>
      <ViewHeading>Deployment</ViewHeading>
      <Freshness {...reading} />
      {data === undefined && reading.failure === undefined && <Loading />}
      {data && (
        <Boundary until={data} within="div">
          <Summary {...data} />
          {data.services.map((service) => (
            <Service
              key={service.name}
              service={service}
              routes={data.routes.filter((route) => route.service === service.name)}
            />
          ))}
        </Boundary>
      )}
    </>
  );
};
