import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { catalogue } from '../../functions/routes/catalogue.ts';
import type { Stage } from '../../infra/stages.ts';
import { awsCommand, clientConfigOf, stageOf } from '../target.ts';
import { type Check, note, ok, wrong } from './check.ts';

/** So many calls at once Lambda wants left that nobody has reserved ("Lambda quotas"). */
const UNRESERVED = 100;
/** What a new account has, until AWS raises it. */
const OF_NEW_ACCOUNT = 10;
/** The default for accounts, to ask for. */
const ENOUGH = 1_000;
/** The functions that find and send due e-mails, and alert people. */
const OF_RETRY = 3;

/** How many calls at once a stage keeps for functions of its own, in all. */
export const reservedCalls = ({ reservedConcurrency: { passwords = 0, retry = 0 } = {} }: Stage): number =>
  passwords * catalogue.filter(({ sensitive }) => sensitive).length + retry * OF_RETRY;

/** Whether Lambda has room for the calls of a stage, which can be looked at before there is anything else of it. */
export const concurrency: Check = {
  name: 'concurrency',
  needs: ['credentials'],
  onlyOnAws: true,
  look: async (target) => {
    const stage = stageOf(target);
    const { AccountLimit } = await new LambdaClient(clientConfigOf(target)).send(
      new GetAccountSettingsCommand(),
    );
    const limit = AccountLimit?.ConcurrentExecutions ?? 0;
    const reserved = reservedCalls(stage);
    const needed = Math.max(ENOUGH, reserved + UNRESERVED);
    const raise = awsCommand(
      target,
      `service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value ${needed}`,
    );
    const has = `The account allows ${limit} calls at once`;
    if (reserved > 0 && limit - reserved < UNRESERVED) {
      return wrong(
        `${has}, of which reservedConcurrency keeps ${reserved}, and ${UNRESERVED} have to be left.`,
        raise,
      );
    }
    if (limit > OF_NEW_ACCOUNT) return ok(`${limit} calls at once, ${reserved} of them reserved`);
    const finding = stage.alarmAddresses.length > 0 ? wrong : note;
    return finding(`${has}, as a new one does: more are answered 503.`, raise);
  },
};
