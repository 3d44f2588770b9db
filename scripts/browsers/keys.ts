/** Keys by the names of the UI Events specification. */
const named: Readonly<Record<string, { code: number; webdriver: string; text?: string }>> = {
  Backspace: { code: 8, webdriver: '\uE003' },
  Tab: { code: 9, webdriver: '\uE004' },
  Enter: { code: 13, webdriver: '\uE007', text: '\r' },
  Escape: { code: 27, webdriver: '\uE00C' },
  PageUp: { code: 33, webdriver: '\uE00E' },
  PageDown: { code: 34, webdriver: '\uE00F' },
  End: { code: 35, webdriver: '\uE010' },
  Home: { code: 36, webdriver: '\uE011' },
  ArrowLeft: { code: 37, webdriver: '\uE012' },
  ArrowUp: { code: 38, webdriver: '\uE013' },
  ArrowRight: { code: 39, webdriver: '\uE014' },
  ArrowDown: { code: 40, webdriver: '\uE015' },
  Delete: { code: 46, webdriver: '\uE017' },
};

export interface ChromiumKey {
  readonly key: string;
  readonly code?: string;
  readonly windowsVirtualKeyCode: number;
  readonly text?: string;
}

export function chromiumKey(key: string): ChromiumKey {
  const known = named[key];
  if (known !== undefined) {
    return { key, code: key, windowsVirtualKeyCode: known.code, text: known.text };
  }
  if ([...key].length !== 1) throw new Error(`Unknown key "${key}"`);
  return { key, windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0), text: key };
}

/** The character that WebDriver types for this key. */
export function webDriverKey(key: string): string {
  const known = named[key];
  if (known !== undefined) return known.webdriver;
  if ([...key].length !== 1) throw new Error(`Unknown key "${key}"`);
  return key;
}
