/** Prints what the client has from the definitions of the routes: `npm run client:types`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../../infra/project.ts';
import { printed } from './printed.ts';

for (const [file, text] of Object.entries(await printed())) writeFileSync(join(project, file), text);
