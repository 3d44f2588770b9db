import { expect, it } from 'vitest';
import { pad, padRecorder } from '../../src/page/padding.ts';

const SOURCE = 'class A{"get data"(){return this}send(a){return a}}';

// Node runs the same engine as Chromium.
it('makes V8 say of both hooks what it says of the native functions', () => {
  const { prototype } = new Function(`${pad(SOURCE)}; return A`)() as {
    prototype: Record<string, unknown>;
  };
  expect(`${prototype['get data']}`).toBe('function get data() { [native code] }');
  expect(`${prototype.send}`).toBe('function send() { [native code] }');
  expect(() => structuredClone(prototype.send)).toThrow(
    'function send() { [native code] } could not be cloned.',
  );
});

it('refuses a script in which it does not find both, or finds more', () => {
  expect(() => pad('class A{send(a){return a}}')).toThrow('1 methods');
  expect(() => pad(`${SOURCE};({send(b){}})`)).toThrow('3 methods');
});

it('leaves calls of send alone', () => {
  expect(pad(`${SOURCE};x.send(a);{}`)).toContain('x.send(a);');
});

it('changes the recorder only', () => {
  const bundle = {
    a: { type: 'asset', fileName: 'src/page/recorder.iife.js', source: SOURCE },
    b: { type: 'chunk', fileName: 'assets/panel.js', code: SOURCE },
  };
  padRecorder().generateBundle.handler({}, bundle);
  expect(bundle.a.source).toBe(pad(SOURCE));
  expect(bundle.b.code).toBe(SOURCE);
});
