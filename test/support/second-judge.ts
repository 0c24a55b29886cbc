import { createRequire } from 'node:module';
import type { Call } from '../../infra/local/policies.ts';

interface Judge {
  evaluate(request: { action: string; resource: string; context: object }): boolean;
}
/** It has no types of its own. */
const Pbac: new (policies: object) => Judge = createRequire(import.meta.url)('pbac');

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, unknown>>;
}

/**
 * Judges calls by a policy as somebody else reads IAM's language (pbac), for the project's own judge to be held against. It cannot
 * read that a key must be there (`Null` with `false`), but takes no key for one that matches nothing, which comes to the same:
 * that condition is kept from it.
 *
 * @param statements those of a role, as the template has them
 */
export const secondJudge = (statements: readonly unknown[]): ((call: Call) => boolean) => {
  const judge = new Pbac({
    Version: '2012-10-17',
    Statement: (statements as Statement[]).map(({ Effect, Action, Resource, Condition = {} }) => {
      const { Null: _, ...others } = Condition;
      return { Effect, Action: [Action].flat(), Resource: [Resource].flat(), Condition: others };
    }),
  });
  return ({ action, resource, keys }) =>
    judge.evaluate({ action, resource, context: { dynamodb: { LeadingKeys: keys } } });
};
