import {
  callSource,
  describeName,
  namesExpression,
  roleExpression,
  selectorExpression,
} from './query.ts';
import type { Frame, Name, WaitOptions } from './types.ts';
import { poll } from './wait.ts';

/** What is the same in both browsers; each driver adds how to run code and how to act as a person does. */
export abstract class BaseFrame implements Frame {
  protected abstract readonly patience: number;

  /** The JSON-able value of an expression; promises are awaited. */
  protected abstract run(expression: string): Promise<unknown>;
  /** A trusted click at the element that an expression names. */
  protected abstract clickAt(element: string): Promise<void>;
  protected abstract insertText(text: string): Promise<void>;
  abstract press(key: string): Promise<void>;
  /** Why waiting is in vain, if it is. */
  protected abstract gone(): string | undefined;

  async evaluate<R>(
    code: string | ((...args: never[]) => unknown),
    ...args: readonly unknown[]
  ): Promise<Awaited<R>> {
    const expression = typeof code === 'string' ? code : callSource(code, args);
    return (await this.run(expression)) as Awaited<R>;
  }

  async waitFor<R>(
    code: string | ((...args: never[]) => unknown),
    options: WaitOptions = {},
    ...args: readonly unknown[]
  ): Promise<NonNullable<Awaited<R>>> {
    const expression = typeof code === 'string' ? code : callSource(code, args);
    const what = options.what ?? expression.replace(/\s+/g, ' ').slice(0, 200);
    const value = await poll(
      `waiting for ${what}`,
      options.timeout ?? this.patience,
      () => this.run(expression),
      () => this.gone(),
    );
    return value as NonNullable<Awaited<R>>;
  }

  async click(role: string, name: Name, options: WaitOptions = {}): Promise<void> {
    await this.#clickElement(roleExpression(role, name), `${role} ${describeName(name)}`, options);
  }

  async clickSelector(selector: string, options: WaitOptions = {}): Promise<void> {
    await this.#clickElement(selectorExpression(selector), selector, options);
  }

  async #clickElement(element: string, what: string, options: WaitOptions): Promise<void> {
    await this.waitFor(`${element} !== null`, { what, ...options });
    await this.clickAt(element);
  }

  async text(selector = 'body'): Promise<string> {
    return (await this.run(`(${selectorExpression(selector)})?.innerText ?? ''`)) as string;
  }

  async type(role: string, name: Name, text: string): Promise<void> {
    const element = roleExpression(role, name);
    await this.#clickElement(element, `${role} ${describeName(name)}`, {});
    await this.run(`(() => { const field = ${element}; field.focus(); field.select(); })()`);
    if (text === '') await this.press('Backspace');
    else await this.insertText(text);
  }

  async select(name: Name, option: string): Promise<void> {
    const element = roleExpression('combobox', name);
    await this.waitFor(`${element} !== null`, { what: `select ${describeName(name)}` });
    const chosen = await this.run(`(() => {
      const field = ${element};
      const wanted = ${JSON.stringify(option)};
      const item = Array.from(field.options).find(
        (each) => each.value === wanted || each.label.trim() === wanted,
      );
      if (item === undefined) return Array.from(field.options, (each) => each.label).join(', ');
      field.value = item.value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
      return true;
    })()`);
    if (chosen !== true) throw new Error(`No option "${option}" among: ${String(chosen)}`);
  }

  async chooseFile(selector: string, fileName: string, content: string): Promise<void> {
    await this.waitFor(`${selectorExpression(selector)} !== null`, { what: selector });
    await this.run(`(() => {
      const input = ${selectorExpression(selector)};
      const transfer = new DataTransfer();
      transfer.items.add(new File([${JSON.stringify(content)}], ${JSON.stringify(fileName)}));
      input.files = transfer.files;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true }));
    })()`);
  }

  async names(role: string): Promise<string[]> {
    return (await this.run(namesExpression(role))) as string[];
  }
}
