import { tapRecorder } from './tap.ts';

tapRecorder(globalThis as unknown as Record<string, unknown>, document);
