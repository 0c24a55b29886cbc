import { usersIn } from '../find-user.ts';
import { opsCommand } from '../target.ts';
import { type Check, ok, wrong } from './check.ts';

const employee: Check = {
  name: 'employees',
  needs: ['table'],
  look: async (target) => {
    for await (const users of usersIn(target, 'employees')) {
      if (users.some(({ held }) => held.employee)) return ok('there are some');
    }
    return wrong(
      `Nobody is known to be one: somebody has to be invited. Those of release 0.2 are known after: ${opsCommand(target, 'users reindex')}`,
      opsCommand(target, 'employees invite <address>'),
    );
  },
};

export const peopleChecks = [employee];
