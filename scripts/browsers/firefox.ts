import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallBrowser } from './find.ts';
import { BaseFrame } from './frame.ts';
import { webDriverKey } from './keys.ts';
import { Marionette } from './marionette.ts';
import { BrowserProcess } from './process.ts';
import type { Browser, LaunchOptions, NewPageOptions, Page, Panel } from './types.ts';
import { poll, within } from './wait.ts';

const PATIENCE = 90_000;

type Prefs = Readonly<Record<string, string | number | boolean>>;

interface Shared {
  readonly marionette: Marionette;
  readonly process: BrowserProcess;
  readonly patience: number;
  addonId: string | undefined;
}

/** What runs in the browser's own context begins with these. */
const PRELUDE = `
  const done = arguments[arguments.length - 1];
  const topContext = (id) => BrowsingContext.getCurrentTopByBrowserId(id);
  const tabOf = (id) => {
    for (const win of Services.wm.getEnumerator('navigator:browser')) {
      const tab = win.gBrowser.tabs.find((each) => each.linkedBrowser.browserId === id);
      if (tab !== undefined) return tab;
    }
    throw new Error('The tab is gone');
  };
  const devtools = () => ChromeUtils.importESModule(
    'resource://devtools/shared/loader/Loader.sys.mjs').require('devtools/client/framework/devtools').gDevTools;
  const panelFrame = async (id) => {
    const toolbox = devtools().getToolboxForTab(tabOf(id));
    if (!toolbox) throw new Error('DevTools are closed');
    const frame = toolbox.doc.getElementById('toolbox-panel-iframe-' + toolbox.currentToolId);
    // The extension's document stands in a browser element of the tool's own document.
    const inner = frame.contentDocument?.querySelector('browser') ?? frame;
    return inner;
  };
  const actor = (context) => context.currentWindowGlobal.getActor('MarionetteCommands');
  const capabilities = { toJSON: () => ({ 'moz:accessibilityChecks': false, 'moz:webdriverClick': true }) };
  // Without a limit Marionette would not wait at all.
  const options = { async: true, timeout: 0x7fffffff, file: 'driver', line: 0 };
`;

/** Runs code with privileges; `await` is allowed, `return` gives the result, which travels as JSON. */
async function inBrowser(
  { marionette }: Pick<Shared, 'marionette'>,
  code: string,
  ...args: unknown[]
) {
  const script = `${PRELUDE}
    (async () => { ${code} })().then(
      (value) => done(JSON.stringify({ value })),
      (error) => done(JSON.stringify({ error: String(error?.message ?? error) })));`;
  const text = (await marionette.send('WebDriver:ExecuteAsyncScript', {
    script,
    args,
    newSandbox: true,
    sandbox: 'system',
    scriptTimeout: 0x7fffffff,
  })) as string;
  const { value, error } = JSON.parse(text) as { value?: unknown; error?: string };
  if (error !== undefined) throw new Error(error);
  return value;
}

abstract class FirefoxFrame extends BaseFrame {
  protected readonly patience: number;
  protected readonly shared: Shared;
  readonly browserId: number;

  constructor(shared: Shared, browserId: number) {
    super();
    this.shared = shared;
    this.browserId = browserId;
    this.patience = shared.patience;
  }

  /** Privileged expression for the browsing context; `id` is the browser's. */
  protected abstract readonly context: string;
  /** Pages run code by their own eval, in their own world; a policy without eval gets the sandbox. */
  protected abstract readonly inPageWorld: boolean;

  protected async run(expression: string): Promise<unknown> {
    const source = JSON.stringify(expression);
    const direct = `(${expression}\n)`;
    const evaluated = this.inPageWorld
      ? `(() => {
          try { return window.eval(${source}); }
          catch (error) { if (error.name !== 'EvalError') throw error; }
          return ${direct};
        })()`
      : direct;
    const script = `
      const report = arguments[arguments.length - 1];
      (async () => ${evaluated})().then(
        (value) => report(JSON.stringify({ value }) ?? '{}'),
        (error) => report(JSON.stringify({
          error: error instanceof Object && 'message' in error
            ? error.name + ': ' + error.message : String(error) })));`;
    const text = (await inBrowser(
      this.shared,
      `const [id, script] = arguments_;
       return actor(${this.context}).executeScript(script, [], options);`.replace(
        'arguments_',
        JSON.stringify([this.browserId, script]),
      ),
    )) as string;
    const { value, error } = JSON.parse(text) as { value?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Finds the element in the sandbox, then lets WebDriver act on it. */
  async #act(element: string, action: string, argument?: string): Promise<void> {
    const script = `arguments[arguments.length - 1](${element});`;
    const values = JSON.stringify([this.browserId, script, argument ?? null]);
    await inBrowser(
      this.shared,
      `const [id, script, argument] = ${values};
       const target = actor(${this.context});
       const element = await target.executeScript(script, [], options);
       if (element === null) throw new Error('The element is gone');
       await target.${action};`,
    );
  }

  protected async clickAt(element: string): Promise<void> {
    await this.#act(element, 'clickElement(element, capabilities)');
  }

  protected async insertText(text: string): Promise<void> {
    await this.#act(
      'document.activeElement',
      'sendKeysToElement(element, argument, capabilities)',
      text,
    );
  }

  async press(key: string): Promise<void> {
    await this.insertText(webDriverKey(key));
  }

  protected gone(): string | undefined {
    return this.shared.process.hasExited
      ? `the browser ended\n${this.shared.process.log()}`
      : undefined;
  }

  async screenshot(file: string): Promise<void> {
    const data = (await inBrowser(
      this.shared,
      `const id = ${this.browserId};
       const context = ${this.context};
       const bitmap = await context.currentWindowGlobal.drawSnapshot(null, 1, 'white');
       const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
       canvas.width = bitmap.width;
       canvas.height = bitmap.height;
       canvas.getContext('2d').drawImage(bitmap, 0, 0);
       return canvas.toDataURL('image/png').split(',')[1];`,
    )) as string;
    writeFileSync(file, Buffer.from(data, 'base64'));
  }
}

class FirefoxPanel extends FirefoxFrame implements Panel {
  protected readonly context = '(await panelFrame(id)).browsingContext';
  protected readonly inPageWorld = false;

  async resize(width: number, height: number): Promise<void> {
    await inBrowser(
      this.shared,
      `const frame = await panelFrame(${this.browserId});
       frame.style.width = frame.style.minWidth = frame.style.maxWidth = '${width}px';
       frame.style.height = frame.style.minHeight = frame.style.maxHeight = '${height}px';`,
    );
    await this.waitFor(`innerWidth === ${width} && innerHeight === ${height}`, {
      what: `the panel to be ${width} × ${height}`,
    });
  }
}

class FirefoxPage extends FirefoxFrame implements Page {
  protected readonly context = 'topContext(id)';
  protected readonly inPageWorld = true;

  /** @param from the inner window that is left; a new window's own empty document may follow it */
  async #loaded(
    until: NewPageOptions['until'],
    from: number | undefined,
    empty = true,
  ): Promise<void> {
    if (until === 'none') return;
    const ready = until === 'interactive' ? '!== "loading"' : '=== "complete"';
    await poll('the page to load', this.patience, async () => {
      const { id, scheme } = await this.#document();
      if (id === from || (!empty && scheme === 'about')) return false;
      return this.run(`document.readyState ${ready}`);
    });
  }

  async #document(): Promise<{ readonly id: number; readonly scheme: string }> {
    return (await inBrowser(
      this.shared,
      `const { innerWindowId, documentURI } = topContext(${this.browserId}).currentWindowGlobal;
       return { id: innerWindowId, scheme: documentURI.scheme };`,
    )) as { id: number; scheme: string };
  }

  async navigate(url: string, options: NewPageOptions = {}): Promise<void> {
    const before = url.includes('#') ? undefined : (await this.#document()).id;
    await inBrowser(
      this.shared,
      `tabOf(${this.browserId}).linkedBrowser.fixupAndLoadURIString(${JSON.stringify(url)}, {
         triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });`,
    );
    await this.#loaded(options.until, before, url.startsWith('about:'));
  }

  async reload(options: NewPageOptions = {}): Promise<void> {
    const before = (await this.#document()).id;
    await inBrowser(this.shared, `tabOf(${this.browserId}).linkedBrowser.reload();`);
    await this.#loaded(options.until, before);
  }

  async back(): Promise<void> {
    const before = (await this.#document()).id;
    await inBrowser(this.shared, `tabOf(${this.browserId}).linkedBrowser.goBack();`);
    await this.#loaded('complete', before);
  }

  async close(): Promise<void> {
    await inBrowser(
      this.shared,
      `const tab = tabOf(${this.browserId});
       const { gBrowser } = tab.ownerDocument.defaultView;
       // The last window's last tab is replaced: Firefox would end with it.
       if ([...Services.wm.getEnumerator('navigator:browser')].length === 1) {
         gBrowser.addTrustedTab('about:blank');
       }
       gBrowser.removeTab(tab, { animate: false });`,
    );
  }

  async collectGarbage(): Promise<void> {
    await inBrowser(
      this.shared,
      `Services.obs.notifyObservers(null, 'child-gc-request');
       Services.obs.notifyObservers(null, 'child-cc-request');`,
    );
  }

  async openPanel(options: { path?: string } = {}): Promise<Panel> {
    const { addonId, patience } = this.shared;
    if (addonId === undefined) throw new Error('The browser was started without an extension');
    const path = options.path ?? '/src/panel/panel.html';
    await inBrowser(
      this.shared,
      `await devtools().showToolboxForTab(tabOf(${this.browserId}), { toolId: 'webconsole', hostType: 'bottom' });`,
    );
    await poll('the tab in DevTools', patience, () =>
      inBrowser(
        this.shared,
        `const toolbox = devtools().getToolboxForTab(tabOf(${this.browserId}));
         const tool = toolbox.getAdditionalTools().find((each) => each.extensionId === ${JSON.stringify(addonId)});
         if (tool === undefined) return false;
         await toolbox.selectTool(tool.id);
         return true;`,
      ),
    );
    const panel = new FirefoxPanel(this.shared, this.browserId);
    await poll('the panel', patience, () =>
      inBrowser(
        this.shared,
        `const uri = (await panelFrame(${this.browserId})).browsingContext?.currentWindowGlobal?.documentURI;
         return uri?.scheme === 'moz-extension' && uri.filePath.endsWith(${JSON.stringify(path)});`,
      ),
    );
    await panel.waitFor('document.readyState === "complete"', { what: 'the panel to load' });
    return panel;
  }

  async closeDevTools(): Promise<void> {
    await inBrowser(
      this.shared,
      `await devtools().getToolboxForTab(tabOf(${this.browserId}))?.destroy();`,
    );
  }
}

function preferences(options: LaunchOptions, downloads: string): Prefs {
  const dark = options.theme === 'dark';
  return {
    'marionette.port': 0,
    'remote.prefs.recommended': true,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.page': 0,
    'browser.startup.homepage_override.mstone': 'ignore',
    'browser.aboutwelcome.enabled': false,
    'browser.sessionstore.resume_from_crash': false,
    'browser.tabs.warnOnClose': false,
    'browser.warnOnQuit': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
    'toolkit.telemetry.enabled': false,
    'app.update.disabledForTesting': true,
    'app.normandy.enabled': false,
    'services.settings.server': 'data:,#remote-settings-dummy/v1',
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'extensions.autoDisableScopes': 0,
    'devtools.toolbox.host': 'bottom',
    'devtools.toolbox.footer.height': 460,
    'devtools.everOpened': true,
    'devtools.theme': dark ? 'dark' : 'light',
    'devtools.theme.auto': false,
    'ui.systemUsesDarkTheme': dark ? 1 : 0,
    'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
    'browser.theme.content-theme': dark ? 0 : 1,
    'browser.theme.toolbar-theme': dark ? 0 : 1,
    'layout.css.devPixelsPerPx': '1.0',
    'intl.accept_languages': options.locale ?? 'en-US',
    // Tests share two cores: a slow script is not a hung one.
    'dom.max_script_run_time': 0,
    'dom.ipc.processPrelaunch.enabled': false,
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.useDownloadDir': true,
    'browser.download.alwaysOpenPanel': false,
    'browser.download.always_ask_before_handling_new_types': false,
    ...options.prefs,
  };
}

function writePreferences(profile: string, prefs: Prefs): void {
  const lines = Object.entries(prefs).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), `${lines.join('\n')}\n`);
}

async function connectTo(started: BrowserProcess, patience: number): Promise<Marionette> {
  return poll(
    'Firefox to start',
    patience,
    async () => {
      const text = readFileSync(join(started.profile, 'MarionetteActivePort'), 'utf8');
      return Marionette.connect(Number(text));
    },
    () => (started.hasExited ? 'it ended' : undefined),
  );
}

/** Starts Firefox with a fresh profile. */
export async function launchFirefox(options: LaunchOptions = {}): Promise<Browser> {
  const patience = options.timeout ?? PATIENCE;
  const executable = findOrInstallBrowser('firefox');
  const { width, height } = options.window ?? { width: 1280, height: 900 };
  const started = new BrowserProcess(
    'firefox',
    executable,
    (profile, downloads) => {
      writePreferences(profile, preferences(options, downloads));
      return [
        '-marionette',
        '-remote-allow-system-access',
        '-no-remote',
        '-profile',
        profile,
        '-width',
        String(width),
        '-height',
        String(height),
        ...(options.headless === false ? [] : ['--headless']),
        ...(options.flags ?? []),
        'about:blank',
      ];
    },
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        MOZ_HEADLESS_WIDTH: String(width),
        MOZ_HEADLESS_HEIGHT: String(height),
        MOZ_CRASHREPORTER_DISABLE: '1',
      },
    },
  );
  let marionette: Marionette | undefined;
  const close = () =>
    started.end(async () => {
      await marionette?.send('Marionette:Quit', { flags: ['eForceQuit'] });
    });
  try {
    marionette = await connectTo(started, patience);
    const shared: Shared = { marionette, process: started, patience, addonId: undefined };
    const session = (await within(
      'a Marionette session',
      patience,
      marionette.send('WebDriver:NewSession', { capabilities: { alwaysMatch: {} } }),
    )) as { capabilities: { browserVersion: string } };
    await marionette.send('Marionette:SetContext', { value: 'chrome' });
    if (options.locale !== undefined) {
      await inBrowser(
        shared,
        `const locale = ${JSON.stringify(options.locale)};
         // Without the language pack the browser's own texts stay English; extensions' do not.
         Services.locale.availableLocales = [locale, ...Services.locale.availableLocales];
         Services.locale.requestedLocales = [locale];`,
      );
    }
    let origin: string | undefined;
    if (options.extension !== undefined) {
      shared.addonId = (await within(
        'the extension to load',
        patience,
        marionette.send('Addon:Install', { path: options.extension, temporary: true }),
      )) as string;
      const host = (await inBrowser(
        shared,
        `return WebExtensionPolicy.getByID(${JSON.stringify(shared.addonId)}).mozExtensionHostname;`,
      )) as string;
      origin = `moz-extension://${host}`;
    }
    return new FirefoxBrowser(
      shared,
      session.capabilities.browserVersion,
      origin,
      close,
      options.headless !== false,
    );
  } catch (error) {
    const log = started.log();
    await close();
    throw new Error(`${(error as Error).message}\n${log}`, { cause: error });
  }
}

class FirefoxBrowser implements Browser {
  readonly name = 'firefox';
  readonly version: string;
  readonly extensionOrigin: string | undefined;
  readonly downloads: string;
  readonly closed: Promise<void>;
  readonly close: () => Promise<void>;
  readonly #shared: Shared;
  /** Commands run in the first window: without a person to see it, it stays empty and open. */
  #firstIsFree: boolean;

  constructor(
    shared: Shared,
    version: string,
    origin: string | undefined,
    close: () => Promise<void>,
    headless: boolean,
  ) {
    this.#shared = shared;
    this.#firstIsFree = !headless;
    this.version = `Firefox/${version}`;
    this.extensionOrigin = origin;
    this.downloads = shared.process.downloads;
    this.closed = shared.process.exited;
    this.close = close;
  }

  async newPage(url: string, options: NewPageOptions = {}): Promise<Page> {
    const reuse = this.#firstIsFree;
    this.#firstIsFree = false;
    const browserId = (await within(
      'a new window',
      this.#shared.patience,
      inBrowser(
        this.#shared,
        `const all = [...Services.wm.getEnumerator('navigator:browser')];
         if (${reuse}) return all[0].gBrowser.selectedBrowser.browserId;
         const win = all[0].OpenBrowserWindow();
         await new Promise((resolve) => win.addEventListener('load', resolve, { once: true }));
         await win.delayedStartupPromise;
         return win.gBrowser.selectedBrowser.browserId;`,
      ),
    )) as number;
    const page = new FirefoxPage(this.#shared, browserId);
    await page.navigate(url, options);
    return page;
  }

  async killBackground(): Promise<void> {
    await inBrowser(
      this.#shared,
      `await WebExtensionPolicy.getByID(${JSON.stringify(this.#shared.addonId)}).extension.terminateBackground();`,
    );
  }

  log(): string {
    return this.#shared.process.log();
  }
}
