import { createApp } from '../../infra/app.ts';
import { templatesOf } from '../infra/template.ts';
import { unbundled } from '../infra/unbundled.ts';

/** What functions may do, by their names without the stage's: each action, and the leading keys of the rows where it has any. */
export type Grants = Record<string, Record<string, string[]>>;

interface Statement {
  Action: string | string[];
  Condition?: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': string[] } };
}
/** So much of a function and of a role as is looked at here. */
interface Resource {
  Type: string;
  Properties: {
    FunctionName: string;
    Role: { 'Fn::GetAtt': [logicalId: string, attribute: string] };
    Policies: { PolicyDocument: { Statement: Statement[] } }[];
  };
}

const sorted = <Value>(entries: [string, Value][]): Record<string, Value> =>
  Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));

const grantsOf = (role: Resource | undefined): Record<string, string[]> => {
  const statements = (role?.Properties.Policies ?? []).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );
  return sorted(
    statements.flatMap(({ Action, Condition }) => {
      const keys = Condition?.['ForAllValues:StringLike']['dynamodb:LeadingKeys'] ?? [];
      return [Action].flat().map((action): [string, string[]] => [action, keys]);
    }),
  );
};

/**
 * What the functions of dev may do by the code of this checkout.
 *
 * @param context what `-c` gives on the command line
 */
export const grantsByFunction = (context: Record<string, unknown> = {}): Grants => {
  const app = createApp({ stage: 'dev', context: { ...unbundled, ...context } });
  return sorted(
    Object.values(templatesOf(app)).flatMap((template) => {
      const resources: Record<string, Resource> = template.toJSON().Resources;
      const functions = Object.values(resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
      return functions.map(({ Properties: { FunctionName, Role } }): [string, Grants[string]] => [
        FunctionName.replace('plano-orders-dev-', ''),
        grantsOf(resources[Role['Fn::GetAtt'][0]]),
      ]);
    }),
  );
};
