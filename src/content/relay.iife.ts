import type { Browser } from 'webextension-polyfill';
import { dial } from './dial.ts';
import { listenToRecorder } from './recorder.ts';

// The polyfill itself would cost every frame more than all the rest: in MV3 both
// browsers' own APIs return promises. Even to look at `browser` costs Firefox milliseconds.
const reach = (): Browser =>
  ((globalThis as { browser?: Browser }).browser ??
    (globalThis as { chrome?: Browser }).chrome) as Browser;

dial(reach, listenToRecorder());
