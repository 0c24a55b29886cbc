/**
 * Fetches a JDK, which is Eclipse's Temurin, and verifies its checksum: `fetch-jdk-process.ts <major version> <folder>` puts it
 * into the folder `jre` there. It is a process since that can be ended, and since a process has a temporary folder of its own:
 * in that njre downloads under a fixed name, so that two at once would write the same file.
 */
import { join } from 'node:path';
import njre from 'njre';

const [version, folder = ''] = process.argv.slice(2);
try {
  await njre.install(Number(version), { type: 'jdk', installPath: join(folder, 'archive') });
} catch (error) {
  process.stderr.write((error as Error).message);
  process.exitCode = 1;
}
