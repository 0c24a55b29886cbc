import { Grant } from '../table/grants.ts';

/** Each says how a function of this folder uses the table, and is named after that, or after what it does. */

export const findUndeployed = new Grant({ deployments: ['BatchGetItem'] });

export const findDeployments = new Grant({ deployments: ['Query'] });

export const recordDeployment = new Grant({ deployments: ['UpdateItem'] });

/** The record goes once nothing keeps it any more. */
export const letGoOfDeployment = new Grant({ deployments: ['DeleteItem', 'UpdateItem'] });

export const recordRelease = new Grant({ deployments: ['DeleteItem', 'PutItem', 'Query'] });

export const letGoOfReleases = new Grant({ deployments: ['DeleteItem', 'Query'] });
