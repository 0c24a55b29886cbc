import { readFileSync } from 'node:fs';

/** A system to install Java on: Node's name of its platform, and on Linux what is in `/etc/os-release`. */
export interface System {
  platform: NodeJS.Platform;
  osRelease: string;
}

const thisSystem = (): System => {
  try {
    return { platform: process.platform, osRelease: readFileSync('/etc/os-release', 'utf8') };
  } catch {
    return { platform: process.platform, osRelease: '' };
  }
};

/** The package of Debian's kind: up to 12, Debian has 17 and nothing newer; from 13 on it has no 17. */
const debianPackage = (id: string, version: number): string =>
  `openjdk-${id === 'debian' && version <= 12 ? 17 : 21}-jre-headless`;

/** What somebody types to get a Java that DynamoDB Local runs on; on a system that is not known, where to find one. */
export const howToInstallJava = ({ platform, osRelease } = thisSystem()): string => {
  const value = (name: string) => new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(osRelease)?.[1] ?? '';
  const [id, version] = [value('ID'), Number.parseInt(value('VERSION_ID'), 10)];
  const isLike = (family: string) => `${id} ${value('ID_LIKE')}`.split(' ').includes(family);
  if (platform === 'darwin') return 'brew install --cask temurin@21';
  if (platform === 'win32') return 'winget install EclipseAdoptium.Temurin.21.JDK';
  if (isLike('debian') || isLike('ubuntu')) return `sudo apt-get install ${debianPackage(id, version)}`;
  if (isLike('fedora')) return 'sudo dnf install java-25-openjdk-headless';
  if (isLike('alpine')) return 'apk add openjdk21';
  return 'see https://adoptium.net/installation';
};
