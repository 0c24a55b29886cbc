import { expect, it } from 'vitest';
import { howToInstallJava } from '../../../infra/local/java-advice.ts';

const linux = (...osRelease: string[]) => ({ platform: 'linux' as const, osRelease: osRelease.join('\n') });
const elsewhere = (platform: NodeJS.Platform) => ({ platform, osRelease: '' });

it.each([
  ['Debian 12', linux('ID=debian', 'VERSION_ID="12"'), 'sudo apt-get install openjdk-17-jre-headless'],
  ['Debian 13', linux('ID=debian', 'VERSION_ID="13"'), 'sudo apt-get install openjdk-21-jre-headless'],
  ['Debian testing', linux('NAME="Debian"', 'ID=debian'), 'sudo apt-get install openjdk-21-jre-headless'],
  [
    'Ubuntu',
    linux('VERSION_ID="22.04"', 'ID=ubuntu', 'ID_LIKE=debian'),
    'sudo apt-get install openjdk-21-jre-headless',
  ],
  [
    'what is like Ubuntu',
    linux('ID=linuxmint', 'ID_LIKE="ubuntu debian"', 'VERSION_ID="21"'),
    'sudo apt-get install openjdk-21-jre-headless',
  ],
  ['Fedora', linux('ID=fedora', 'VERSION_ID=43'), 'sudo dnf install java-25-openjdk-headless'],
  [
    'what is like Fedora',
    linux('ID="rocky"', 'ID_LIKE="rhel centos fedora"'),
    'sudo dnf install java-25-openjdk-headless',
  ],
  ['Alpine', linux('ID=alpine', 'VERSION_ID=3.22.1'), 'apk add openjdk21'],
  ['macOS', elsewhere('darwin'), 'brew install --cask temurin@21'],
  ['Windows', elsewhere('win32'), 'winget install EclipseAdoptium.Temurin.21.JDK'],
  ['another Linux', linux('ID=arch'), 'see https://adoptium.net/installation'],
  ['another system', elsewhere('freebsd'), 'see https://adoptium.net/installation'],
])('Somebody without Java learns what to type on %s', (_name, system, line) => {
  expect(howToInstallJava(system)).toBe(line);
});
