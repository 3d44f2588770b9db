/**
 * Every builtin that the recorder uses after start, taken before the page runs:
 * none of what the page replaces later is ever called. `uncurry` gives functions
 * whose call looks nothing up.
 */
/** Set by the build for one browser (vite.config.ts), so that it leaves out what the other needs. */
declare const OWN_STACKS: boolean | undefined;

/** V8 keeps `stack` on each error, Firefox on the prototype. */
export const ownStacks: boolean =
  typeof OWN_STACKS === 'boolean'
    ? OWN_STACKS
    : Object.getOwnPropertyDescriptor(Error.prototype, 'stack') === undefined;

// biome-ignore lint/suspicious/noExplicitAny: a receiver may be anything
type Uncurried<F> = F extends (...args: infer A) => infer R ? (self: any, ...args: A) => R : never;

export const { bind, call } = Function.prototype;
export const { apply, deleteProperty } = Reflect;

const uncurryAny = bind.bind(call) as (method: unknown) => unknown;

export function uncurry<F>(method: F): Uncurried<F> {
  return uncurryAny(method) as Uncurried<F>;
}

export const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf, hasOwn } =
  Object;

/** Of a descriptor that inherits nothing which the page put on `Object.prototype`. */
export function define(object: object, key: string, descriptor: PropertyDescriptor): void {
  defineProperty(object, key, setPrototypeOf(descriptor, null));
}

/** @param owner a class; or an object that has the property itself */
export function getterOf<T>(owner: object, key: string): (self: unknown) => T {
  return uncurry(
    getOwnPropertyDescriptor((owner as { prototype?: object }).prototype ?? owner, key)
      ?.get as () => T,
  );
}

export const NativeError = Error;
export const isError = ownStacks
  ? undefined
  : (Error as { isError?: (value: unknown) => boolean }).isError;
export const NativeProxy = Proxy;
const NativeCustomEvent = CustomEvent;
export const nativeToString = Function.prototype.toString;
export const functionText = uncurry(nativeToString);

export const nativeAdd = EventTarget.prototype.addEventListener;
export const addListener = uncurry(nativeAdd);
export const dispatch = uncurry(EventTarget.prototype.dispatchEvent);

/** The browser reads what is not given, too: of an object that inherits nothing which the page could have put there. */
export function tell(node: EventTarget, type: string, detail: unknown): void {
  dispatch(node, new NativeCustomEvent(type, setPrototypeOf({ detail }, null)));
}

export const eventTarget = getterOf<EventTarget | null>(Event, 'target');
export const eventType = getterOf<string>(Event, 'type');
export const eventDetail = getterOf<unknown>(CustomEvent, 'detail');
export const relatedTarget = ownStacks
  ? getterOf<EventTarget | null>(FocusEvent, 'relatedTarget')
  : () => null;
export const closeCode = getterOf<number>(CloseEvent, 'code');
export const closeReason = getterOf<string>(CloseEvent, 'reason');
export const closeWasClean = getterOf<boolean>(CloseEvent, 'wasClean');
export const domErrorName = ownStacks ? getterOf<string>(DOMException, 'name') : () => '';
export const persisted = getterOf<boolean>(PageTransitionEvent, 'persisted');

/** Own and unforgeable on every event: a page cannot dress its own up. */
export const isTrusted = getterOf<boolean>(new Event(''), 'isTrusted');

export const socketUrl = getterOf<string>(WebSocket, 'url');
export const socketProtocol = getterOf<string>(WebSocket, 'protocol');
export const socketExtensions = getterOf<string>(WebSocket, 'extensions');
export const socketState = getterOf<number>(WebSocket, 'readyState');
export const socketBuffered = getterOf<number>(WebSocket, 'bufferedAmount');

export const blobBytes = getterOf<number>(Blob, 'size');
export const arrayBufferBytes = getterOf<number>(ArrayBuffer, 'byteLength');
/** Of a typed array; throws for a DataView. Only streams count by it, which Gecko has none of. */
export const viewBytes = ownStacks
  ? getterOf<number>(getPrototypeOf(Uint8Array) as object, 'byteLength')
  : () => 0;
export const { isView } = ArrayBuffer;

export const slice = uncurry(String.prototype.slice);
export const indexOf = uncurry(String.prototype.indexOf);
/** Only for strings: for an object it would look `toJSON` up. */
export const quote = JSON.stringify as (text: string) => string;

const { performance } = globalThis;
const nativeNow = Performance.prototype.now;
export const now = (): number => apply(nativeNow, performance, []);
export const wallClock = Date.now;
export const { floor, random } = Math;
