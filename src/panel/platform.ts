import type { ReadonlySignal } from '@preact/signals';

export type Theme = 'light' | 'dark';

/** What the panel asks of the place where it is shown: DevTools, or an ordinary page. */
export interface Platform {
  readonly kind: 'devtools' | 'page';
  readonly theme: ReadonlySignal<Theme>;
  /** Language tag of the browser's interface. */
  readonly language: string;
  readonly storage: Storage;
  /** Loads the inspected page again. */
  readonly reload?: () => void;
  /** Opens the page where the user grants access to sites. */
  readonly requestAccess?: () => void;
  /** Shows a line of a script in the Sources panel. Lines and columns from 1. */
  readonly openResource?: (url: string, line: number, column: number) => void;
  readonly setRecording?: (options: RecordingOptions) => void;
}

export interface RecordingOptions {
  readonly previews: boolean;
  readonly paused: boolean;
}

/** Small settings that outlive the panel. Values are JSON; what comes back is untrusted. */
export interface Storage {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

/** A store for pages without the extension's own; loses nothing but the settings where it fails. */
export const pageStorage: Storage = {
  async get(key) {
    try {
      return JSON.parse(localStorage.getItem(`wsci.${key}`) ?? 'null');
    } catch {
      return undefined;
    }
  },
  async set(key, value) {
    try {
      localStorage.setItem(`wsci.${key}`, JSON.stringify(value));
    } catch {
      // Storage is full or forbidden: the setting holds until the page goes.
    }
  },
};
