import { expect, it } from 'vitest';
import of02 from './0.2.0/grants.json' with { type: 'json' };
import { type Grants, grantsByFunction } from './grants.ts';

/** Called by deployments alone, each time in the version of the role that it then has. */
const OF_DEPLOYMENTS = ['deployment-records'];

/**
 * Versions of a function share a role, so that while calls shift from one release to the next, the one before may do what the
 * next one may. What it needs besides is granted by `-c beside=…`.
 */
it.each([['0.2', of02 as Grants] as const])(
  'The functions of release %s may do all that they do while calls shift from it',
  (beside, before) => {
    const now = grantsByFunction({ beside });
    const missing = Object.entries(before).flatMap(([name, grants]) =>
      OF_DEPLOYMENTS.includes(name) || now[name] === undefined
        ? []
        : Object.entries(grants).flatMap(([action, keys]) => {
            const found = now[name]?.[action];
            if (found === undefined) return [`${name} ${action}`];
            return keys.filter((key) => !found.includes(key)).map((key) => `${name} ${action} ${key}`);
          }),
    );
    expect(missing).toEqual([]);
  },
);
