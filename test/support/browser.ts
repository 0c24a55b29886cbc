import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

/** Goes with the packages, so that a new version of one is unpacked anew. */
const folder = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url));

const UNPACK = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
/** With it the package unpacks the libraries and fonts that a bare machine lacks, too. */
const BARE_MACHINE = { AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' };

/**
 * Finds the fonts beside itself, so that the folder may be copied. A cache can only be said to be below that of the user, which
 * `XDG_CACHE_HOME` names (https://fontconfig.pages.freedesktop.org/fontconfig/fontconfig-user.html).
 */
const FONTS =
  '<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">cache</cachedir></fontconfig>';

/** Unpacks the Chromium that npm has installed: 200 MB, which takes some seconds, once. */
const unpack = (): void => {
  if (existsSync(folder)) return;
  const unfinished = `${folder}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const env = { ...process.env, ...BARE_MACHINE, TMPDIR: unfinished };
  execFileSync(process.execPath, ['--input-type=module', '-e', UNPACK], { env });
  writeFileSync(join(unfinished, 'fonts.conf'), FONTS);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another test file was faster.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
};

/** A Chromium without a window: on Linux the one that npm installs, and elsewhere the machine's own Chrome. */
export const launchBrowser = async (): Promise<Browser> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' });
  unpack();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_PATH: folder,
      XDG_CACHE_HOME: folder,
    },
  });
};
