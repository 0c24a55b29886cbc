import { unmatched } from '../pipeline/pipeline.ts';

export const handler = unmatched();
