import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from './wait.ts';

const KEPT_BYTES = 64 * 1024;
const running = new Set<BrowserProcess>();

/** A browser's process group with a fresh profile; both are gone after `end`, or when Node exits. */
export class BrowserProcess {
  readonly folder: string;
  readonly profile: string;
  readonly downloads: string;
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  #stderr = '';
  #ended: Promise<void> | undefined;
  hasExited = false;

  constructor(
    name: string,
    executable: string,
    args: (profile: string, downloads: string) => readonly string[],
    options: { readonly stdio: StdioOptions; readonly env?: NodeJS.ProcessEnv },
  ) {
    this.folder = mkdtempSync(join(tmpdir(), `close-inspector-${name}-`));
    this.profile = join(this.folder, 'profile');
    this.downloads = join(this.folder, 'downloads');
    mkdirSync(this.profile);
    mkdirSync(this.downloads);
    const prepared = args(this.profile, this.downloads);
    this.child = spawn(executable, prepared, {
      stdio: options.stdio,
      env: { ...process.env, ...options.env },
      // A group of its own, so that the browser's children end with it.
      detached: process.platform !== 'win32',
    });
    this.exited = new Promise((resolve) => {
      const done = () => {
        this.hasExited = true;
        resolve();
      };
      this.child.once('exit', done);
      this.child.once('error', (error) => {
        this.#stderr += `\n${error.message}`;
        done();
      });
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        this.#stderr = (this.#stderr + text).slice(-KEPT_BYTES);
      });
    }
    running.add(this);
  }

  log(): string {
    return this.#stderr.trim().split('\n').slice(-40).join('\n');
  }

  /** Asks politely, waits up to five seconds, then kills the whole group and removes the profile. */
  end(ask: () => Promise<unknown>): Promise<void> {
    this.#ended ??= this.#end(ask);
    return this.#ended;
  }

  async #end(ask: () => Promise<unknown>): Promise<void> {
    if (!this.hasExited) {
      const patience = new Promise<void>((resolve) => setTimeout(resolve, 5000).unref());
      await Promise.race([ask().then(() => this.exited), patience]).catch(() => {});
    }
    this.kill();
    await Promise.race([
      this.exited,
      new Promise<void>((resolve) => setTimeout(resolve, 3000).unref()),
    ]);
    // Processes that are still dying write to the profile: try until nobody does.
    for (let round = 0; round < 25 && existsSync(this.folder); round++) {
      if (round > 0) await sleep(200);
      this.#removeFolder();
    }
    running.delete(this);
  }

  kill(): void {
    const pid = this.child.pid;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  }

  /** Also from an exit handler, where nothing asynchronous runs. */
  killAndRemove(): void {
    this.kill();
    this.#removeFolder();
  }

  #removeFolder(): void {
    try {
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    } catch {
      // A dying process may still write; the folder is in the temporary directory.
    }
  }
}

process.on('exit', () => {
  for (const browser of running) browser.killAndRemove();
});
// A signal's own way of ending skips the handlers of `exit`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));
}
