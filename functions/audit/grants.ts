import { Grant } from '../table/grants.ts';

/** How a function adds to the audit trail, which none reads, changes or removes. */
export const record = new Grant({ audit: ['PutItem'] });
