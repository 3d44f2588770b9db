export { type DrivenRecording, type Driver, recordSockets } from './driver.ts';
export { type Expectation, expectNoFailedFindings, FailedFindings } from './expect.ts';
export { Recording, type RecordingOptions, type SaveOptions } from './recording.ts';
export { BINDING, FLUSH } from './tap.ts';
export { pageScript } from './texts.ts';
