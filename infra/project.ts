import { fileURLToPath } from 'node:url';

/** The project's root. */
export const project = fileURLToPath(new URL('..', import.meta.url));
