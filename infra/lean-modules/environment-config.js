import { memoize } from '../../node_modules/@smithy/core/dist-es/submodules/config/index.js';

/**
 * Takes the place of `@smithy/core/config` in the bundle, by which clients of the AWS SDK find each of their settings: in the
 * environment, else in files of the home directory, else by default. A function has no such files, but each setting that no
 * variable names would have them looked for, and two errors thrown and caught, before its default is taken: 4 % of a cold start.
 *
 * It is no TypeScript, since the SDK has types for the name that it takes the place of alone.
 */
export * from '../../node_modules/@smithy/core/dist-es/submodules/config/index.js';

export const loadConfig = (
  { environmentVariableSelector, default: otherwise },
  { signingName, logger } = {},
) =>
  memoize(
    async () =>
      environmentVariableSelector(process.env, { signingName, logger }) ??
      (typeof otherwise === 'function' ? otherwise() : otherwise),
  );

/** What clients set by themselves unless they are told otherwise, which nothing here does. */
export const resolveDefaultsModeConfig = () => async () => 'legacy';
