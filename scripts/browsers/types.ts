import type { Browser as BrowserName } from '../manifest.ts';

export type { BrowserName };

export interface LaunchOptions {
  /** Folder of the built extension. */
  readonly extension?: string;
  /** Default true. */
  readonly headless?: boolean;
  /** The browser's own language, such as `vi`. Default `en-US`. */
  readonly locale?: string;
  /** Of DevTools and of pages. Default `light`. */
  readonly theme?: 'light' | 'dark';
  /** Firefox preferences over those of the driver. */
  readonly prefs?: Readonly<Record<string, string | number | boolean>>;
  /** Arguments added to the browser's command line. */
  readonly flags?: readonly string[];
  /** Size of new windows in CSS pixels. Default 1280 × 900. */
  readonly window?: { readonly width: number; readonly height: number };
  /** A graphical browser is often slower to start. Milliseconds; default 60 s Chromium, 90 s Firefox. */
  readonly timeout?: number;
}

export interface WaitOptions {
  /** Milliseconds. Default: the browser's own patience, 60 s or 90 s. */
  readonly timeout?: number;
  /** Said in the error when it does not come. */
  readonly what?: string;
}

export interface NewPageOptions {
  /** `complete` (default), `interactive`, or `none`: returns as soon as the page navigates. */
  readonly until?: 'complete' | 'interactive' | 'none';
}

/** Accessible name: equal to the string after white space is folded, or matching the expression. */
export type Name = string | RegExp;

/** A document that can be looked at and acted on: a page or the panel. */
export interface Frame {
  /**
   * Runs a function, or the value of an expression, in the document's own world. Arguments and
   * result travel as JSON; a promise is awaited. What it throws is thrown here, with its message.
   */
  evaluate<R, A extends readonly unknown[]>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
  evaluate<R = unknown>(expression: string): Promise<R>;
  /** Polls until the value is truthy, and returns it. An exception counts as "not yet". */
  waitFor<R, A extends readonly unknown[]>(
    fn: ((...args: A) => R) | string,
    options?: WaitOptions,
    ...args: A
  ): Promise<NonNullable<Awaited<R>>>;
  /** A trusted click in the middle of the element of that role and name; waits for it to be there. */
  click(role: string, name: Name, options?: WaitOptions): Promise<void>;
  /** The same for a CSS selector. */
  clickSelector(selector: string, options?: WaitOptions): Promise<void>;
  /** Rendered text (`innerText`) of the first match, of the whole document by default. */
  text(selector?: string): Promise<string>;
  /** Replaces the value of the text field of that role and name by typing. */
  type(role: string, name: Name, text: string): Promise<void>;
  /** Chooses the option of that label or value in a `<select>` of that name. */
  select(name: Name, option: string): Promise<void>;
  /** Gives a file to an `<input type="file">`, as a person's choice would. */
  chooseFile(selector: string, fileName: string, content: string): Promise<void>;
  /** A key press at the focused element: a character, or `Enter`, `ArrowDown`, `Escape`, `Tab`, … */
  press(key: string): Promise<void>;
  /** Names of all elements of a role, in document order, hidden ones left out. */
  names(role: string): Promise<string[]>;
}

export interface Panel extends Frame {
  /** Writes a PNG of the panel alone. */
  screenshot(file: string): Promise<void>;
  /** Sets the panel's size in CSS pixels, as a person who drags the dock's edge does. */
  resize(width: number, height: number): Promise<void>;
}

export interface Page extends Frame {
  navigate(url: string, options?: NewPageOptions): Promise<void>;
  reload(options?: NewPageOptions): Promise<void>;
  /** One step back in the history, through the bfcache where the browser keeps the page. */
  back(): Promise<void>;
  close(): Promise<void>;
  screenshot(file: string): Promise<void>;
  /** Has the page's process collect its garbage. */
  collectGarbage(): Promise<void>;
  /**
   * Opens DevTools for this page on the extension's panel.
   * @param path end of the path of the panel's document.
   */
  openPanel(options?: { readonly path?: string }): Promise<Panel>;
  /** Closes DevTools of this page. */
  closeDevTools(): Promise<void>;
}

export interface Browser {
  readonly name: BrowserName;
  readonly version: string;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  readonly extensionOrigin: string | undefined;
  /** Where files that pages save are written. Removed with the browser's profile. */
  readonly downloads: string;
  /** Each page has a window of its own, so that all are visible at once. */
  newPage(url: string, options?: NewPageOptions): Promise<Page>;
  /** Ends the extension's background as the browser does after idle time. */
  killBackground(): Promise<void>;
  /** Last lines that the browser wrote to standard error. */
  log(): string;
  /** Settles when the browser ends, whoever ended it. */
  readonly closed: Promise<void>;
  /** Ends the browser and removes its profile. May be called twice. */
  close(): Promise<void>;
}
