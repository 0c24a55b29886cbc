import { describe, expect, it } from 'vitest';
import { type Route, routeKey } from '../../functions/contract/define-route.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { stageNamed } from '../../infra/stages.ts';
import { reservedCalls } from '../../ops/doctor/concurrency.ts';
import { appOf, appWith } from './app-with.ts';
import { functionNamed, grantsOf, observability, STACK_OF, type StackId, templatesOf } from './template.ts';

/** What keeps one caller, or one service, from taking all that there is. */
const routes: readonly Route[] = catalogue;
const sensitive = routes.filter((route) => route.sensitive);
const templates = templatesOf(appOf('production'));
const found = (of: typeof templates, type: string) =>
  Object.entries(of).flatMap(([stack, template]) =>
    Object.values(template.findResources(type)).map(({ Properties, DependsOn }) => ({
      stack: stack as StackId,
      Properties,
      DependsOn,
    })),
  );

describe('limits of routes', () => {
  it('Routes that take a password have limits of their own, in one resource of their service, and no other has', () => {
    const limits = found(templates, 'Custom::RouteThrottles');
    expect(limits.map(({ stack }) => stack)).toEqual([
      ...new Set(sensitive.map(({ service }) => STACK_OF[service])),
    ]);
    expect(limits.flatMap(({ Properties }) => Properties.routeKeys)).toEqual(sensitive.map(routeKey));
    const { passwords } = stageNamed('production').throttle;
    expect(limits[0]?.Properties).toMatchObject(passwords ?? {});
  });

  it('Limits are set when the routes are there', () => {
    const [limits] = found(templates, 'Custom::RouteThrottles');
    const { Resources } = templates.Auth.toJSON();
    const keys = limits?.DependsOn.map((id: string) => Resources[id].Properties.RouteKey).filter(Boolean);
    expect(keys.toSorted()).toEqual(sensitive.map(routeKey).toSorted());
  });

  it('Limits are set by a function that may change the one stage of the API, and nothing else', () => {
    const setter = functionNamed(templates.Auth, 'plano-orders-production-auth-route-throttles');
    const onStage = (end: string) => ({
      'Fn::Join': [
        '',
        expect.arrayContaining([
          '::/apis/',
          { Ref: expect.stringMatching(/^SsmParameterValue/) },
          `/stages/$default${end}`,
        ]),
      ],
    });
    expect(grantsOf(templates.Auth, setter)).toEqual({
      ...observability(setter),
      'apigateway:PATCH': onStage(''),
      'apigateway:DELETE': onStage('/routesettings/*'),
    });
  });

  it('A stage without a setting has no limits of routes, and nothing that would set them', () => {
    const dev = templatesOf(appOf('dev'));
    expect(found(dev, 'Custom::RouteThrottles')).toEqual([]);
    expect(JSON.stringify(Object.values(dev).map((each) => each.toJSON()))).not.toContain('route-throttles');
  });
});

describe('reserved concurrency', () => {
  /** The functions that keep calls at once for themselves, and how many. */
  const reservedIn = (of: typeof templates) =>
    Object.fromEntries(
      found(of, 'AWS::Lambda::Function')
        .filter(({ Properties }) => Properties.ReservedConcurrentExecutions !== undefined)
        .map(({ Properties }) => [Properties.FunctionName, Properties.ReservedConcurrentExecutions]),
    );

  it('No stage reserves calls as it comes', () => {
    expect(reservedIn(templates)).toEqual({});
    expect(reservedCalls(stageNamed('production'))).toBe(0);
  });

  it('Each function that hashes passwords, and each that brings e-mails and alerts, has what the stage reserves for it', () => {
    const reservedConcurrency = { passwords: 50, retry: 3 };
    const reserved = reservedIn(templatesOf(appWith({ reservedConcurrency })));
    const names = (list: readonly string[], calls: number) =>
      list.map((name) => [`plano-orders-dev-${name}`, calls]);
    expect(reserved).toEqual(
      Object.fromEntries([
        ...names(
          sensitive.map(({ path }) => path.replaceAll('/', '-')),
          50,
        ),
        ...names(['send-due-emails', 'find-due-emails', 'alert-team'], 3),
      ]),
    );
    // By which the doctor goes.
    const sum = Object.values<number>(reserved).reduce((one, other) => one + other, 0);
    expect(reservedCalls({ ...stageNamed('dev'), reservedConcurrency })).toBe(sum);
  });
});
