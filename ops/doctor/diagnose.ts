import type { Target } from '../target.ts';
import { bootstrap, credentials, stacks } from './account.ts';
import { alertingChecks } from './alerting.ts';
import { examine } from './check.ts';
import { checkFromOutside } from './check-from-outside.ts';
import { concurrency } from './concurrency.ts';
import { emailChecks } from './email.ts';
import { peopleChecks } from './people.ts';
import { releases } from './releases.ts';
import { serviceChecks } from './service.ts';
import { tableChecks } from './table.ts';

/** In the order in which docs/deploying.md has a first deployment done. */
const CHECKS = [
  credentials,
  bootstrap,
  concurrency,
  ...stacks,
  ...tableChecks,
  ...emailChecks,
  ...alertingChecks,
  ...peopleChecks,
  ...serviceChecks,
  releases,
  checkFromOutside,
];

/** Goes through the checks that apply to a target, says what they find, and gives the number of faults. */
export const diagnose = (target: Target): Promise<number> =>
  examine(
    CHECKS.filter(({ onlyOnAws }) => target.stage !== undefined || !onlyOnAws),
    target,
  );
