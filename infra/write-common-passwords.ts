import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placesOf, SIZE } from '../functions/accounts/common-password.ts';
import { folded } from '../functions/accounts/folded.ts';
import { project } from './project.ts';

/**
 * Writes the filter of common passwords that functions load, from a list of them as JSON:
 *
 *     npm pack @zxcvbn-ts/language-common@4.1.3 && tar xzf zxcvbn-ts-language-common-4.1.3.tgz
 *     npx node infra/write-common-passwords.ts package/src/passwords.json
 */
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Which list? Name its file.');
const list = JSON.parse(readFileSync(path, 'utf8')) as string[];

// Shorter ones are refused as too short.
const words = new Set(list.map(folded).filter((word) => [...word].length >= 8));
const bits = Buffer.alloc(SIZE);
for (const word of words) {
  for (const place of placesOf(word)) bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
}
const target = 'functions/accounts/common-passwords.ts';
writeFileSync(
  join(project, target),
  `// Written by infra/write-common-passwords.ts; do not change it by hand. It is a Bloom filter of the ${words.size} passwords of 8 and more
// characters in @zxcvbn-ts/language-common 4.1.3 (https://github.com/zxcvbn-ts/zxcvbn, MIT licence, copyright by its authors).
export const COMMON_PASSWORDS =
  '${bits.toString('base64')}';
`,
);
process.stdout.write(`${target} knows ${words.size} passwords.\n`);
