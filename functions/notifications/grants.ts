import { Grant } from '../table/grants.ts';

/** Each says how a function of this folder uses the table, and is named after that, or after what it does. */

export const notify = new Grant({ notifications: ['UpdateItem'] });

/** Every function of ours tells of its own faults. */
export const tellOfFaults = notify;

/** All are in one partition, which is read whole: for a list, and for one of them. */
export const findNotifications = new Grant({ notifications: ['Query'] });
export const findNotification = findNotifications;

export const acknowledge = new Grant({ notifications: ['UpdateItem'] });

export const findUnalerted = findNotifications;
export const takeUnalerted = new Grant({ notifications: ['UpdateItem'] });
export const markAlerted = new Grant({ notifications: ['UpdateItem'] });
