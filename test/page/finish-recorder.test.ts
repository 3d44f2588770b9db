import { expect, it } from 'vitest';
import { finish, finishRecorder, pad } from '../../scripts/finish-recorder.ts';

const SOURCE = 'class A{"get data"(){return this}send(a){return a}}';
/** As in the recorder, so that nothing of it is left out as unused. */
const CALLED = `(()=>{${SOURCE}; globalThis.hooks = A})()`;

// Node runs the same engine as Chromium.
it('makes V8 say of the hook what it says of the native function', () => {
  const { prototype } = new Function(`${pad(SOURCE)}; return A`)() as {
    prototype: Record<string, unknown>;
  };
  expect(`${prototype['get data']}`).toBe('function get data() { [native code] }');
  expect(() => structuredClone(prototype['get data'])).toThrow(
    'function get data() { [native code] } could not be cloned.',
  );
});

it('refuses a script in which it does not find the hook, or finds more', () => {
  expect(() => pad('class A{send(a){return a}}')).toThrow('0 methods');
  expect(() => pad(`${SOURCE};({"get data"(){}})`)).toThrow('2 methods');
});

it('changes the recorder only', async () => {
  const bundle = {
    a: { type: 'asset', fileName: 'src/page/recorder.iife.js', source: CALLED },
    b: { type: 'chunk', fileName: 'assets/panel.js', code: SOURCE },
  };
  await finishRecorder('chrome').generateBundle.handler({}, bundle);
  expect(bundle.a.source).toBe(await finish(CALLED, 'chrome'));
  expect(bundle.a.source.length).toBeGreaterThan(0x1_0000);
  expect(bundle.b.code).toBe(SOURCE);
});

it('pads for Chromium only', async () => {
  expect(await finish(CALLED, 'firefox')).not.toContain('  ');
});
