import type { Stack } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';

/**
 * So many functions of a stack are made at once: three services may be deployed side by side, and Lambda takes 15 changes a second
 * of an account, whoever asks (its guide, "Lambda quotas").
 */
const AT_ONCE = 5;

/**
 * Has the functions of a stack made in turns, each after the one that stands five before it, so that a first deployment does not
 * fail because there are too many at once. What belongs to a function, such as its version and its route, comes after it anyway.
 * Only functions wait for one another, never for calls that shift to a version, which takes minutes.
 */
export const makeInTurns = (stack: Stack): void => {
  const functions = stack.node.findAll().filter((each) => each instanceof CfnFunction);
  for (const [index, each] of functions.entries()) {
    const before = functions[index - AT_ONCE];
    if (before !== undefined) each.addResourceDependency(before);
  }
};
