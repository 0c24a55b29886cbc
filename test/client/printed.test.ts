import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { printed } from '../../client/print/printed.ts';
import { createClient } from '../../client/src/index.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { project } from '../../infra/project.ts';

it('What is printed of the definitions is up to date: `npm run client:types` prints it anew', async () => {
  const texts = await printed();
  const files = Object.keys(texts).map((file) => [file, readFileSync(join(project, file), 'utf8')]);
  expect(Object.fromEntries(files)).toEqual(texts);
});

it('Each route of the client has a method, and each list one that goes through all of it', () => {
  const client = createClient({ baseUrl: '' }) as unknown as Record<string, Record<string, unknown>>;
  const methods = Object.entries(client).flatMap(([group, members]) =>
    Object.keys(members).map((name) => `${group}.${name}`),
  );
  const camelCase = (path: string) =>
    path.replace('/', '.').replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  const lists = catalogue.filter(({ data }) => 'next_cursor' in data.shape);
  expect(methods.sort()).toEqual(
    [
      ...catalogue.map(({ path }) => camelCase(path)),
      ...lists.map(({ path }) => `${camelCase(path)}All`),
      'orders.change',
    ].sort(),
  );
});
