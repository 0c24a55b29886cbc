/** Writes the documents of the reference to a folder, as they are served: `write-reference.ts <folder>`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildReference } from './constructs/reference-documents.ts';

const [folder = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const [path, { text }] of Object.entries(buildReference())) writeFileSync(join(folder, path), text);
