import type { Target } from './target.ts';

/**
 * The address by which people and clients reach the API, without a slash at its end.
 *
 * @throws if its stack is not deployed
 */
export const apiUrlOf = async (target: Target): Promise<string> => {
  if (target.running !== undefined) return target.running.url;
  const { outputOf } = await import('./doctor/account.ts');
  return outputOf(target, 'api', 'ApiUrl');
};
