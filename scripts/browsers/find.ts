import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { BrowserName } from './types.ts';

interface Candidates {
  readonly variable: string;
  readonly commands: readonly string[];
  readonly paths: readonly string[];
  readonly debianPackage: string;
  readonly advice: string;
}

const programs = process.env.PROGRAMFILES ?? 'C:\\Program Files';
const local = process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');

const candidates: Record<BrowserName, Candidates> = {
  chrome: {
    variable: 'CHROMIUM_PATH',
    commands: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'google-chrome-beta',
      'google-chrome-unstable',
      'microsoft-edge',
    ],
    paths: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      join(programs, 'Google\\Chrome\\Application\\chrome.exe'),
      join(local, 'Chromium\\Application\\chrome.exe'),
    ],
    debianPackage: 'chromium',
    advice: 'Install Chromium or Chrome, or set CHROMIUM_PATH to its executable.',
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    commands: [
      'firefox-esr',
      'firefox',
      'firefox-developer-edition',
      'firefox-devedition',
      'firefox-nightly',
    ],
    paths: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      '/Applications/Firefox Developer Edition.app/Contents/MacOS/firefox',
      '/Applications/Firefox Nightly.app/Contents/MacOS/firefox',
      join(programs, 'Mozilla Firefox\\firefox.exe'),
      join(programs, 'Firefox Developer Edition\\firefox.exe'),
      join(programs, 'Firefox Nightly\\firefox.exe'),
    ],
    debianPackage: 'firefox-esr',
    advice: 'Install Firefox 140 or later, or set FIREFOX_PATH to its executable.',
  },
};

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(command: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, command);
    if (folder !== '' && isExecutable(file)) return file;
  }
  return undefined;
}

/** The browser's executable, or undefined where none is installed. A wrong environment variable is an error. */
export function findBrowser(name: BrowserName): string | undefined {
  const { variable, commands, paths } = candidates[name];
  const chosen = process.env[variable];
  if (chosen !== undefined && chosen !== '') {
    if (isExecutable(chosen)) return chosen;
    throw new Error(`${variable} names "${chosen}", which is not an executable file.`);
  }
  for (const command of commands) {
    const file = onPath(command);
    if (file !== undefined) return file;
  }
  return paths.find((path) => existsSync(path) && isExecutable(path));
}

function mayInstall(): boolean {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0 && !!onPath('apt-get');
}

/** The browser's executable; on a Debian machine, as root, Debian's own is installed where there is none. */
export function findOrInstallBrowser(name: BrowserName): string {
  const found = findBrowser(name);
  if (found !== undefined) return found;
  const { debianPackage, advice } = candidates[name];
  if (!mayInstall()) throw new Error(`No ${name} was found. ${advice}`);
  console.error(`No ${name} was found: installing Debian's ${debianPackage} (apt-get).`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[] };
  spawnSync('apt-get', ['update', '-qq'], options);
  const install = spawnSync(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', debianPackage, 'fonts-dejavu-core'],
    options,
  );
  const installed = findBrowser(name);
  if (install.status !== 0 || installed === undefined) {
    throw new Error(`apt-get could not install ${debianPackage}. ${advice}`);
  }
  return installed;
}
