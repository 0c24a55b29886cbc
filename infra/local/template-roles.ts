import * as z from 'zod';

/** What of a template says what functions may do. */

const policyDocument = z.object({ Statement: z.array(z.unknown()) });

export const roleSchema = z.object({
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.object({ PolicyDocument: policyDocument })).default([]),
});

export const policySchema = z.object({
  PolicyDocument: policyDocument,
  Roles: z.array(z.string()).default([]),
});

export interface RoleDescription {
  /** The ARNs of policies that the template does not hold. */
  managedPolicies: string[];
  statements: unknown[];
}

/** What a role may do by its own policies, and by those that are attached to it. */
export const roleOf = (
  name: string,
  { ManagedPolicyArns, Policies }: z.infer<typeof roleSchema>,
  policies: readonly z.infer<typeof policySchema>[],
): RoleDescription => ({
  managedPolicies: ManagedPolicyArns,
  statements: [...Policies, ...policies.filter(({ Roles }) => Roles.includes(name))].flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  ),
});
