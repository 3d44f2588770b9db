import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { CdpPipe } from './cdp.ts';
import { findOrInstallBrowser } from './find.ts';
import { BaseFrame } from './frame.ts';
import { chromiumKey } from './keys.ts';
import { BrowserProcess } from './process.ts';
import type { Browser, LaunchOptions, NewPageOptions, Page, Panel } from './types.ts';
import { poll, sleep, within } from './wait.ts';

const PATIENCE = 60_000;

interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}

interface Evaluated {
  readonly result: { readonly value?: unknown; readonly description?: string };
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description?: string; readonly value?: unknown };
  };
}

/** What the frames of one browser share. */
interface Shared {
  readonly pipe: CdpPipe;
  readonly process: BrowserProcess;
  readonly patience: number;
  extensionId: string | undefined;
}

async function attach(pipe: CdpPipe, targetId: string): Promise<string> {
  const { sessionId } = await pipe.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  return sessionId;
}

class ChromiumFrame extends BaseFrame {
  protected readonly patience: number;
  protected readonly shared: Shared;
  readonly session: string;
  #detached = false;

  constructor(shared: Shared, session: string) {
    super();
    this.shared = shared;
    this.session = session;
    this.patience = shared.patience;
    shared.pipe.on('session-gone', (_, sessionId) => {
      if (sessionId === session) this.#detached = true;
    });
  }

  protected send<T = Record<string, unknown>>(method: string, params = {}): Promise<T> {
    return this.shared.pipe.send<T>(method, params, this.session);
  }

  protected async run(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.send<Evaluated>('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      allowUnsafeEvalBlockedByCSP: true,
    });
    if (exceptionDetails !== undefined) {
      const { exception, text } = exceptionDetails;
      throw new Error(exception?.description ?? String(exception?.value ?? text));
    }
    return result.value;
  }

  protected async clickAt(element: string): Promise<void> {
    // A page that moves under the pointer gets the click elsewhere: wait until it rests.
    const [x, y] = (await this.run(`(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      let last = '';
      let still = 0;
      for (let round = 0; ; round++) {
        const element = ${element};
        if (element === null) throw new Error('The element is gone');
        element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
        const box = element.getBoundingClientRect();
        const at = [box.left + box.width / 2, box.top + box.height / 2];
        const top = document.elementFromPoint(at[0], at[1]);
        const free = top !== null && (element.contains(top) || top.contains(element));
        // Effects and observers of a view that has just come move it a frame or two later.
        still = free && String(at) === last ? still + 1 : 0;
        if (still === 5 || round === 240) return at;
        last = String(at);
        await frame();
      }
    })()`)) as [number, number];
    const at = { x, y, button: 'left', clickCount: 1 };
    await this.send('Input.dispatchMouseEvent', { ...at, type: 'mouseMoved', button: 'none' });
    await this.send('Input.dispatchMouseEvent', { ...at, type: 'mousePressed', buttons: 1 });
    await this.send('Input.dispatchMouseEvent', { ...at, type: 'mouseReleased' });
  }

  protected async insertText(text: string): Promise<void> {
    await this.send('Input.insertText', { text });
  }

  async press(key: string): Promise<void> {
    const event = chromiumKey(key);
    await this.send('Input.dispatchKeyEvent', {
      ...event,
      type: event.text === undefined ? 'rawKeyDown' : 'keyDown',
    });
    await this.send('Input.dispatchKeyEvent', { ...event, type: 'keyUp', text: undefined });
  }

  /** A PNG of the viewport or a part of it. */
  async capture(clip?: Record<string, number>): Promise<Buffer> {
    let captured = false;
    const shot = within(
      'a screenshot',
      this.patience,
      this.send<{ data: string }>('Page.captureScreenshot', { format: 'png', clip }),
    ).finally(() => {
      captured = true;
    });
    // A quiet page sends no frame, and the picture would wait for one: change what nobody sees.
    const nudge = async () => {
      for (let round = 0; !captured; round++) {
        await this.run(`document.documentElement.style.opacity = ${round % 2 ? '""' : '0.9999'}`);
        await sleep(50);
      }
      await this.run(`document.documentElement.style.removeProperty('opacity')`);
    };
    const [{ data }] = await Promise.all([shot, nudge()]);
    return Buffer.from(data, 'base64');
  }

  protected gone(): string | undefined {
    if (this.shared.process.hasExited) return `the browser ended\n${this.shared.process.log()}`;
    return this.#detached ? 'the document is gone' : undefined;
  }
}

class ChromiumPanel extends ChromiumFrame implements Panel {
  readonly #devtools: ChromiumFrame;

  constructor(shared: Shared, session: string, devtools: ChromiumFrame) {
    super(shared, session);
    this.#devtools = devtools;
  }

  /** Where the panel's frame stands in the DevTools window. Frames of panels hide in shadow roots. */
  async #box(): Promise<{ x: number; y: number; width: number; height: number }> {
    const origin = `chrome-extension://${this.shared.extensionId}`;
    return (await this.#devtools.evaluate((start: string) => {
      const search = (root: Document | ShadowRoot): HTMLIFrameElement | undefined => {
        for (const element of root.querySelectorAll('*')) {
          if (element instanceof HTMLIFrameElement && element.src.startsWith(start)) {
            if (element.getBoundingClientRect().width > 0) return element;
          }
          const inner = element.shadowRoot === null ? undefined : search(element.shadowRoot);
          if (inner !== undefined) return inner;
        }
        return undefined;
      };
      const box = search(document)?.getBoundingClientRect();
      if (box === undefined) throw new Error('The panel is not shown');
      return { x: box.x, y: box.y, width: box.width, height: box.height };
    }, origin)) as { x: number; y: number; width: number; height: number };
  }

  async screenshot(file: string): Promise<void> {
    // A window behind another one is not painted.
    await this.shared.pipe.send('Page.bringToFront', {}, this.#devtools.session);
    // The panel's frame is drawn by another process: let it draw what it holds.
    await this.run(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
    await sleep(100);
    const clip = { ...(await this.#box()), scale: 1 };
    writeFileSync(file, await this.#devtools.capture(clip));
  }

  async resize(width: number, height: number): Promise<void> {
    const metrics = (size: { width: number; height: number }) =>
      this.shared.pipe.send(
        'Emulation.setDeviceMetricsOverride',
        { ...size, deviceScaleFactor: 1, mobile: false },
        this.#devtools.session,
      );
    // The frame is smaller than DevTools by the toolbars: measure, then correct.
    const size = { width: width + 100, height: height + 100 };
    for (let round = 0; round < 4; round++) {
      await metrics(size);
      const box = await poll('the panel has a size', this.patience, () => this.#box());
      if (box.width === width && box.height === height) break;
      size.width += width - Math.round(box.width);
      size.height += height - Math.round(box.height);
    }
    await this.waitFor(`innerWidth === ${width}`, { what: `the panel to be ${width} wide` });
  }
}

class ChromiumPage extends ChromiumFrame implements Page {
  readonly #targetId: string;
  #devtools: { readonly targetId: string; readonly frame: ChromiumFrame } | undefined;

  constructor(shared: Shared, session: string, targetId: string) {
    super(shared, session);
    this.#targetId = targetId;
  }

  async #loader(): Promise<string> {
    const { frameTree } = await this.send<{ frameTree: { frame: { loaderId: string } } }>(
      'Page.getFrameTree',
    );
    return frameTree.frame.loaderId;
  }

  async #loaded(until: NewPageOptions['until'], left: string | undefined): Promise<void> {
    if (until === 'none') return;
    const ready = until === 'interactive' ? '!== "loading"' : '=== "complete"';
    await poll(
      'the page to load',
      this.patience,
      async () => (await this.#loader()) !== left && this.run(`document.readyState ${ready}`),
      () => this.gone(),
    );
  }

  async navigate(url: string, options: NewPageOptions = {}): Promise<void> {
    const before = await this.#loader();
    const { errorText, loaderId } = await this.send<{ errorText?: string; loaderId?: string }>(
      'Page.navigate',
      { url },
    );
    if (errorText !== undefined && errorText !== 'net::ERR_ABORTED') {
      throw new Error(`${url}: ${errorText}`);
    }
    // Within the document there is no new loader.
    await this.#loaded(options.until, loaderId === undefined ? undefined : before);
  }

  async reload(options: NewPageOptions = {}): Promise<void> {
    const before = await this.#loader();
    await this.send('Page.reload');
    await this.#loaded(options.until, before);
  }

  async back(): Promise<void> {
    const { currentIndex, entries } = await this.send<{
      currentIndex: number;
      entries: { id: number; url: string }[];
    }>('Page.getNavigationHistory');
    const entry = entries[currentIndex - 1];
    if (entry === undefined) throw new Error('There is nothing to go back to');
    const before = await this.#loader();
    await this.send('Page.navigateToHistoryEntry', { entryId: entry.id });
    await this.#loaded('complete', before);
  }

  async close(): Promise<void> {
    await this.shared.pipe.send('Target.closeTarget', { targetId: this.#targetId });
  }

  async screenshot(file: string): Promise<void> {
    await this.send('Page.bringToFront');
    writeFileSync(file, await this.capture());
  }

  async collectGarbage(): Promise<void> {
    await this.send('HeapProfiler.collectGarbage');
  }

  async openPanel(options: { path?: string } = {}): Promise<Panel> {
    const { pipe, extensionId, patience } = this.shared;
    if (extensionId === undefined) throw new Error('The browser was started without an extension');
    const path = options.path ?? '/src/panel/panel.html';
    const origin = `chrome-extension://${extensionId}`;
    const opened = await pipe.send<{ targetId: string }>('Target.openDevTools', {
      targetId: this.#targetId,
    });
    const targets = async () =>
      (await pipe.send<{ targetInfos: TargetInfo[] }>('Target.getTargets')).targetInfos;
    // The frontend must be left alone until the extension's own page is there.
    await poll("the extension's DevTools page", patience, async () =>
      (await targets()).some(
        (each) => each.url.startsWith(origin) && each.url.endsWith('/devtools.html'),
      ),
    );
    const session = await attach(pipe, opened.targetId);
    const frontend = new ChromiumFrame(this.shared, session);
    this.#devtools = { targetId: opened.targetId, frame: frontend };
    // A view's id is the extension's origin and the panel's title, which depends on the language.
    // The front end may load itself anew at this point: asked until it stays.
    const view = await frontend.waitFor<string>(
      `import('devtools://devtools/bundled/ui/legacy/legacy.js').then((legacy) => {
        globalThis.__legacy = legacy;
        const { tabbedPane } = legacy.InspectorView.InspectorView.instance();
        return tabbedPane.tabIds().find((id) => id.startsWith(${JSON.stringify(origin)}));
      })`,
      { what: "the extension's tab in DevTools" },
    );
    // Only the frames of this DevTools window: other pages have panels of their own.
    const children = new Map<string, string>();
    const stop = pipe.on('Target.attachedToTarget', (params, sessionId) => {
      if (sessionId !== session) return;
      children.set((params.targetInfo as TargetInfo).targetId, params.sessionId as string);
    });
    await pipe.send(
      'Target.setAutoAttach',
      { autoAttach: true, waitForDebuggerOnStart: false, flatten: true },
      session,
    );
    await frontend.waitFor(
      async (id: string) => {
        const { ViewManager } = (globalThis as unknown as { __legacy: LegacyUi }).__legacy;
        await ViewManager.ViewManager.instance().showView(id);
        return true;
      },
      { what: "the extension's view" },
      view,
    );
    const child = await poll('the panel', patience, async () => {
      const panel = (await targets()).find(
        (each) => children.has(each.targetId) && each.url.split(/[?#]/)[0]?.endsWith(path),
      );
      return panel === undefined ? undefined : children.get(panel.targetId);
    });
    stop();
    const panel = new ChromiumPanel(this.shared, child, frontend);
    await panel.waitFor('document.readyState === "complete"', { what: 'the panel to load' });
    return panel;
  }

  async closeDevTools(): Promise<void> {
    const devtools = this.#devtools;
    if (devtools === undefined) return;
    this.#devtools = undefined;
    await this.shared.pipe.send('Target.closeTarget', { targetId: devtools.targetId });
  }
}

/** The parts of the DevTools front end that show a view. */
interface LegacyUi {
  readonly ViewManager: {
    readonly ViewManager: { instance(): { showView(id: string): Promise<void> } };
  };
}

function writePreferences(profile: string, options: LaunchOptions): void {
  const dark = options.theme === 'dark';
  const theme = JSON.stringify(dark ? 'dark' : 'default');
  // A window of its own can be given any size; a person sees page and panel together.
  const dock = JSON.stringify(options.headless === false ? 'bottom' : 'undocked');
  mkdirSync(join(profile, 'Default'), { recursive: true });
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({
      devtools: {
        preferences: {
          uiTheme: theme,
          'ui-theme': theme,
          currentDockState: dock,
          'current-dock-state': dock,
        },
      },
      browser: { theme: { color_scheme: dark ? 2 : 1, color_scheme2: dark ? 2 : 1 } },
    }),
  );
}

function commandLine(options: LaunchOptions, profile: string): string[] {
  const { width, height } = options.window ?? { width: 1280, height: 900 };
  const isRoot = process.getuid?.() === 0;
  return [
    ...(options.headless === false ? [] : ['--headless=new', '--disable-gpu']),
    // Chromium's sandbox refuses to run as root.
    ...(isRoot ? ['--no-sandbox', '--test-type'] : []),
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
    // Pages of tests share the screen: none may be slowed because another covers it.
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-background-timer-throttling',
    '--disable-features=CalculateNativeWinOcclusion,Translate',
    '--password-store=basic',
    `--lang=${options.locale ?? 'en-US'}`,
    ...(options.theme === 'dark' ? ['--force-dark-mode'] : []),
    '--force-device-scale-factor=1',
    `--window-size=${width},${height}`,
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    '--enable-unsafe-extension-debugging',
    ...(options.flags ?? []),
    'about:blank',
  ];
}

/** Starts Chromium, or Chrome, with a fresh profile. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const patience = options.timeout ?? PATIENCE;
  const executable = findOrInstallBrowser('chrome');
  const locale = options.locale ?? 'en-US';
  const started = new BrowserProcess(
    'chromium',
    executable,
    (profile) => {
      writePreferences(profile, options);
      return commandLine(options, profile);
    },
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      // On Linux the language is the environment's, whatever the flag says.
      env: { LANGUAGE: locale.replace('-', '_') },
    },
  );
  const pipe = new CdpPipe(
    started.child.stdio[3] as Writable,
    started.child.stdio[4] as unknown as Readable,
  );
  const shared: Shared = {
    pipe,
    process: started,
    patience,
    extensionId: undefined,
  };
  const close = () => started.end(() => pipe.send('Browser.close'));
  try {
    const { product } = await within(
      'Chromium to start',
      patience,
      pipe.send<{ product: string }>('Browser.getVersion'),
    );
    await pipe.send('Browser.setDownloadBehavior', {
      behavior: 'allow',
      downloadPath: started.downloads,
    });
    if (options.extension !== undefined) {
      const { id } = await within(
        'the extension to load',
        patience,
        pipe.send<{ id: string }>('Extensions.loadUnpacked', { path: options.extension }),
      );
      shared.extensionId = id;
    }
    return new ChromiumBrowser(shared, product, close);
  } catch (error) {
    const log = started.log();
    await close();
    throw new Error(`${(error as Error).message}\n${log}`, { cause: error });
  }
}

class ChromiumBrowser implements Browser {
  readonly name = 'chrome';
  readonly version: string;
  readonly downloads: string;
  readonly closed: Promise<void>;
  readonly close: () => Promise<void>;
  readonly #shared: Shared;
  #blankTaken = false;

  constructor(shared: Shared, version: string, close: () => Promise<void>) {
    this.#shared = shared;
    this.version = version;
    this.downloads = shared.process.downloads;
    this.closed = shared.process.exited;
    this.close = close;
  }

  get extensionOrigin(): string | undefined {
    const { extensionId } = this.#shared;
    return extensionId === undefined ? undefined : `chrome-extension://${extensionId}`;
  }

  async #target(): Promise<string> {
    const { pipe } = this.#shared;
    if (!this.#blankTaken) {
      this.#blankTaken = true;
      const { targetInfos } = await pipe.send<{ targetInfos: TargetInfo[] }>('Target.getTargets');
      const blank = targetInfos.find((each) => each.type === 'page' && each.url === 'about:blank');
      if (blank !== undefined) return blank.targetId;
    }
    const { targetId } = await pipe.send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
    });
    return targetId;
  }

  async newPage(url: string, options: NewPageOptions = {}): Promise<Page> {
    const targetId = await this.#target();
    const session = await attach(this.#shared.pipe, targetId);
    const page = new ChromiumPage(this.#shared, session, targetId);
    await page.navigate(url, options);
    return page;
  }

  async killBackground(): Promise<void> {
    const { pipe, patience } = this.#shared;
    const worker = async (): Promise<string | undefined> => {
      const { targetInfos } = await pipe.send<{ targetInfos: TargetInfo[] }>('Target.getTargets');
      return targetInfos.find(
        (each) => each.type === 'service_worker' && each.url.startsWith(`${this.extensionOrigin}/`),
      )?.targetId;
    };
    /** Start of this life of the worker: a target keeps its id when the worker comes back. */
    const birth = async (targetId: string): Promise<unknown> => {
      const sessionId = await attach(pipe, targetId);
      try {
        const expression = 'performance.timeOrigin';
        const answer = pipe.send<Evaluated>('Runtime.evaluate', { expression }, sessionId);
        return (await within('the service worker', 2000, answer)).result.value;
      } finally {
        // A session left attached would keep the worker alive.
        await pipe.send('Target.detachFromTarget', { sessionId }).catch(() => {});
      }
    };
    const targetId = await worker();
    if (targetId === undefined) return;
    const before = await birth(targetId);
    await pipe.send('Target.closeTarget', { targetId });
    await poll('the service worker to end', patience, async () => {
      const now = await worker();
      return now === undefined || (await birth(now)) !== before;
    });
  }

  log(): string {
    return this.#shared.process.log();
  }
}
