import type { ReleaseRecord } from '../../functions/deployments/releases.ts';
import { OpsError } from '../target.ts';

/** Names in words, each once. */
export const listed = (names: Iterable<string>): string => [...new Set(names)].join(', ') || 'none';

/**
 * Those of the kept releases that are of a service, or all where none is named.
 *
 * @throws {OpsError} if there are none of the service; it says of which there are
 */
export const ofService = (
  kept: readonly ReleaseRecord[],
  service: string | undefined,
): readonly ReleaseRecord[] => {
  const found = kept.filter((each) => service === undefined || each.service === service);
  if (service === undefined || found.length > 0) return found;
  const services = listed(kept.map((each) => each.service).toSorted());
  throw new OpsError(`There is no release of a service ${service}; there are services: ${services}.`);
};
