import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kept } from '../../../infra/local/kept.ts';

/** A project of one source, which takes something from a package. */
let root: string;
/** How often something was made of it. */
let made: number;

const put = (file: string, content: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kept-'));
  made = 0;
  put('functions/a.ts', 'a');
  put('node_modules/dependency/index.js', 'dependency');
});
afterEach(() => rmSync(root, { recursive: true }));

const store = () => join(root, '.local/store');

/** Makes a file of all that there is, and tells of the package, which is none of the sources. */
const make = async (folder: string): Promise<string[]> => {
  made += 1;
  const files = ['functions/a.ts', 'node_modules/dependency/index.js'];
  writeFileSync(join(folder, 'result'), files.map((file) => readFileSync(join(root, file), 'utf8')).join());
  return files.slice(1);
};

const keptBy = (how: typeof make) =>
  kept({ store: store(), root, sources: ['functions/**', 'cdk.json'], make: how });

/** What comes of the project as it is. */
const result = async (how = make): Promise<string> => readFileSync(join(await keptBy(how), 'result'), 'utf8');

/** Has all that is kept been used an hour earlier than it was. */
const hourLater = (): void => {
  for (const folder of readdirSync(store()).map((name) => join(store(), name))) {
    const time = statSync(folder).mtimeMs / 1000 - 3600;
    utimesSync(folder, time, time);
  }
};

describe('what is made of files', () => {
  it('What is made of files is made once', async () => {
    expect([await result(), await result()]).toEqual(['a,dependency', 'a,dependency']);
    expect(made).toBe(1);
  });

  it('What is made of files is not made again when only their times have changed', async () => {
    await result();
    utimesSync(join(root, 'functions/a.ts'), new Date(), new Date());
    await result();
    expect(made).toBe(1);
  });

  it('What is made of files is made again when a source was edited', async () => {
    await result();
    put('functions/a.ts', 'b');
    expect(await result()).toBe('b,dependency');
  });

  it('What is made of files is made again when a package that went into it was edited', async () => {
    await result();
    put('node_modules/dependency/index.js', 'patched');
    expect(await result()).toBe('a,patched');
  });

  it('What is made of files is made again when something that went into it is gone', async () => {
    await result();
    rmSync(join(root, 'node_modules/dependency/index.js'));
    await result(async (folder) => {
      writeFileSync(join(folder, 'result'), '');
      made += 1;
      return [];
    });
    expect(made).toBe(2);
  });

  it.each(['functions/deeper/b.ts', 'cdk.json'])(
    'What is made of files is made again when there is a source more: %s',
    async (file) => {
      await result();
      put(file, '');
      await result();
      expect(made).toBe(2);
    },
  );

  it('What is made of files is still there after going to another branch and back', async () => {
    await result();
    put('functions/a.ts', 'branch');
    await result();
    put('functions/a.ts', 'a');
    expect(await result()).toBe('a,dependency');
    expect(made).toBe(2);
  });

  it('What is made of files is kept for the last few that were used, not for all', async () => {
    for (const content of 'abcdabe') {
      put('functions/a.ts', content);
      await result();
      hourLater();
    }
    expect(readdirSync(store())).toHaveLength(4);
    expect(made).toBe(5);
    for (const content of 'eabd') {
      put('functions/a.ts', content);
      await result();
    }
    expect(made).toBe(5);
  });
});

describe('what was interrupted', () => {
  it('What could not be made is made anew', async () => {
    const failing = async (folder: string): Promise<string[]> => {
      writeFileSync(join(folder, 'result'), 'half of it');
      throw new Error('out of disk');
    };
    await expect(result(failing)).rejects.toThrow('out of disk');
    expect(readdirSync(store())).toEqual([]);
    expect(await result()).toBe('a,dependency');
  });

  it.each([
    ['before it was done', undefined],
    ['while it was recorded', '{"sources":"'],
  ])('What was being made is made anew when its process was killed %s', async (_when, record) => {
    const folder = await keptBy(make);
    writeFileSync(join(folder, 'result'), 'half of it');
    const file = join(folder, 'made-of.json');
    if (record === undefined) rmSync(file);
    else writeFileSync(file, record);
    expect(await result()).toBe('a,dependency');
  });
});

describe('two at once', () => {
  it('Two that make the same of files at once get the same, and one of the two is taken by the next', async () => {
    const both = Promise.withResolvers<void>();
    const slowly = async (folder: string): Promise<string[]> => {
      if (made === 1) both.resolve();
      const others = await make(folder);
      await both.promise;
      return others;
    };
    expect(await Promise.all([result(slowly), result(slowly)])).toEqual(['a,dependency', 'a,dependency']);
    expect(await result()).toBe('a,dependency');
    expect(made).toBe(2);
  });
});

it('What was made while a source was edited is good once only, for it neither as it was nor as it is', async () => {
  const edited = await result(async (folder) => {
    put('functions/a.ts', 'edited');
    return make(folder);
  });
  expect(edited).toBe('edited,dependency');
  await result();
  put('functions/a.ts', 'a');
  expect(await result()).toBe('a,dependency');
  expect(made).toBe(3);
});
