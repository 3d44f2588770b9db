import type { Name } from './types.ts';

/** A name as it travels to the page. */
export interface NameQuery {
  readonly text?: string;
  readonly pattern?: string;
  readonly flags?: string;
}

export function nameQuery(name: Name): NameQuery {
  return typeof name === 'string'
    ? { text: name.replace(/\s+/g, ' ').trim() }
    : { pattern: name.source, flags: name.flags };
}

export function describeName(name: Name): string {
  return typeof name === 'string' ? `"${name}"` : String(name);
}

/**
 * Runs in the page: elements of an ARIA role, visible ones only, with their accessible names. Covers the
 * roles and naming rules that pages of this project use, not the whole of accname.
 */
export function elementsByRole(role: string): { element: Element; name: string }[] {
  const fold = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const byTag: Record<string, string> = {
    article: 'article',
    button: 'button',
    checkbox: 'input[type="checkbox"]',
    combobox: 'select:not([multiple]):not([size])',
    dialog: 'dialog',
    heading: 'h1,h2,h3,h4,h5,h6',
    link: 'a[href]',
    listitem: 'li',
    radio: 'input[type="radio"]',
    region: 'section[aria-label],section[aria-labelledby]',
    row: 'tr',
    searchbox: 'input[type="search"]',
    spinbutton: 'input[type="number"]',
    table: 'table',
    textbox: 'input:not([type]),input[type="text"],input[type="url"],textarea',
    columnheader: 'th[scope="col"],thead th',
    cell: 'td',
  };
  const accessibleName = (element: Element): string => {
    const labelledBy = element.getAttribute('aria-labelledby');
    if (labelledBy) {
      const parts = labelledBy
        .split(/\s+/)
        .map((id) => fold(element.ownerDocument.getElementById(id)?.textContent));
      if (parts.join('') !== '') return parts.join(' ').trim();
    }
    const label = fold(element.getAttribute('aria-label'));
    if (label !== '') return label;
    const labels = (element as HTMLInputElement).labels;
    if (labels && labels.length > 0) {
      return fold(
        Array.from(labels, (each) => {
          const copy = each.cloneNode(true) as HTMLElement;
          for (const field of copy.querySelectorAll('input,select,textarea')) field.remove();
          return copy.textContent;
        }).join(' '),
      );
    }
    if (element.matches('table')) {
      const caption = fold((element as HTMLTableElement).caption?.textContent);
      if (caption !== '') return caption;
    }
    const copy = element.cloneNode(true) as Element;
    for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
    for (const image of copy.querySelectorAll('img[alt]')) {
      image.replaceWith(image.getAttribute('alt') ?? '');
    }
    const text = fold(copy.textContent);
    if (text !== '') return text;
    return fold(element.getAttribute('title') ?? element.getAttribute('placeholder'));
  };
  const tag = byTag[role];
  const selector = `[role~="${role}"]${tag === undefined ? '' : `,${tag}`}`;
  const found: { element: Element; name: string }[] = [];
  for (const element of document.querySelectorAll(selector)) {
    const explicit = element.getAttribute('role');
    if (explicit !== null && !explicit.split(/\s+/).includes(role)) continue;
    if (element.closest('[aria-hidden="true"],[hidden],[inert]')) continue;
    if (element.getClientRects().length === 0) continue;
    if (getComputedStyle(element).visibility === 'hidden') continue;
    found.push({ element, name: accessibleName(element) });
  }
  return found;
}

/** Runs in the page: the first element of that role and name. */
export function matchName(name: string, query: NameQuery): boolean {
  return query.pattern === undefined
    ? name === query.text
    : new RegExp(query.pattern, query.flags).test(name);
}

/** Source of a function, usable anywhere: compilers that keep names call a helper that the page lacks. */
export function sourceOf(fn: (...args: never[]) => unknown): string {
  const text = fn.toString();
  // A method's or an accessor's text is no expression.
  const isExpression = /^(async\s*)?(function\b|\(|[\w$]+\s*=>)/.test(text);
  return isExpression ? `(${text})` : `({ ${text} })[${JSON.stringify(fn.name)}]`;
}

const KEEP_NAMES = 'const __name = (fn) => fn;';

/** An expression that calls the function with the arguments given as JSON. */
export function callSource(fn: (...args: never[]) => unknown, args: readonly unknown[]): string {
  const list = args.map((arg) => (arg === undefined ? 'undefined' : JSON.stringify(arg)));
  return `(() => { ${KEEP_NAMES} return ${sourceOf(fn)}(${list.join(', ')}); })()`;
}

const LIBRARY = `${KEEP_NAMES}
const elementsByRole = ${sourceOf(elementsByRole)};
const matchName = ${sourceOf(matchName)};`;

/** An expression for the element of that role and name, or null. */
export function roleExpression(role: string, name: Name): string {
  const query = JSON.stringify(nameQuery(name));
  return `(() => { ${LIBRARY}
    const found = elementsByRole(${JSON.stringify(role)}).find((each) => matchName(each.name, ${query}));
    return found === undefined ? null : found.element;
  })()`;
}

export function selectorExpression(selector: string): string {
  return `document.querySelector(${JSON.stringify(selector)})`;
}

export function namesExpression(role: string): string {
  return `(() => { ${LIBRARY} return elementsByRole(${JSON.stringify(role)}).map((each) => each.name); })()`;
}
