import { Recording, type RecordingOptions } from './recording.ts';
import { BINDING, FLUSH } from './tap.ts';
import { pageScript } from './texts.ts';

interface Frame {
  evaluate(script: string): Promise<unknown>;
}

interface Page {
  frames(): readonly Frame[];
}

/** What is asked of a driver. Playwright's BrowserContext and Page are such. */
export interface Driver {
  addInitScript(script: { content: string }): Promise<unknown>;
  exposeBinding(name: string, hear: (source: unknown, batch: unknown) => void): Promise<unknown>;
  /** Of a context. */
  pages?(): readonly Page[];
  /** Of a page. */
  frames?(): readonly Frame[];
}

export interface DrivenRecording extends Recording {
  /** Fetches what the pages have not sent yet, and ends the watch. */
  stop(): Promise<void>;
}

/**
 * Records every socket of the documents that a Playwright context (or page) opens from now on,
 * with the extension's own recorder. Call it before `goto`.
 */
export async function recordSockets(
  driver: Driver,
  options: RecordingOptions = {},
): Promise<DrivenRecording> {
  const recording = new Recording(options);
  await driver.exposeBinding(BINDING, (_source, batch) => recording.add(batch));
  await driver.addInitScript({ content: pageScript() });
  const stop = async (): Promise<void> => {
    const pages = driver.pages?.() ?? (driver.frames === undefined ? [] : [driver as Page]);
    const frames = pages.flatMap((page) => page.frames());
    // A frame that goes meanwhile has sent its last batch when it went.
    await Promise.allSettled(frames.map((frame) => frame.evaluate(`globalThis.${FLUSH}?.()`)));
    recording.end();
  };
  return Object.assign(recording, { stop });
}
