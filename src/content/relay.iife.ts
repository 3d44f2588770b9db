import type { Browser } from 'webextension-polyfill';
import { dial } from './dial.ts';
import { listenToRecorder } from './recorder.ts';

// The polyfill itself would cost every frame more than all the rest: in MV3 both
// browsers' own APIs return promises.
const api =
  (globalThis as { browser?: Browser; chrome?: Browser }).browser ??
  (globalThis as { chrome?: Browser }).chrome;

if (api !== undefined) dial(api, listenToRecorder());
