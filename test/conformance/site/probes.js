// biome-ignore-all lint: probes do on purpose what no program should
/*
 * What a page can observe of WebSocket. Each probe returns plain data; the suite runs
 * all of them without and then with the extension, in one browser, and compares.
 * A probe must give the same answer every time that nothing was changed.
 */
(() => {
  const probes = new Map();
  const probe = (name, run) => {
    if (probes.has(name)) throw new Error(`two probes: ${name}`);
    probes.set(name, run);
  };
  window.probeNames = () => JSON.stringify([...probes.keys()]);
  /**
   * @param how 0: as it comes; 1: the page first calls more than the recorder takes pains over (see src/page/pace.ts); 2: surely, since
   * a new second begins with it; 3: it surely calls less
   */
  window.runProbe = async (name, how) => {
    await (how > 1 ? tick(1001) : undefined);
    await (how === 0 ? undefined : how === 3 ? makeCalls(16, 16) : makeBusy());
    let value;
    try {
      value = await Promise.race([
        probes.get(name)(),
        new Promise((_, no) => setTimeout(() => no(new Error('too slow')), 8000)),
      ]);
    } catch (error) {
      value = { thrown: String(error), stack: error?.stack };
    }
    return JSON.stringify(value) ?? 'undefined';
  };

  const W = WebSocket;
  const proto = W.prototype;
  const url = (path = '/echo') => `ws://${location.host}${path}`;
  const when = (target, type) =>
    new Promise((yes) => target.addEventListener(type, yes, { once: true }));
  const open = async (path, protocols) => {
    const ws = protocols ? new WebSocket(url(path), protocols) : new WebSocket(url(path));
    await when(ws, 'open');
    return ws;
  };
  let busySocket;
  const makeCalls = async (sends, listeners) => {
    busySocket ??= await open('/echo?busy');
    for (let i = 0; i < sends; i++) busySocket.send('busy');
    const target = new EventTarget();
    for (let i = 0; i < listeners; i++) target.addEventListener('busy', tick);
  };
  const makeBusy = () => {
    const times = /Firefox/.test(navigator.userAgent) ? 10 : 1;
    return makeCalls(120 * times, 320 * times);
  };
  const tick = (ms = 0) => new Promise((yes) => setTimeout(yes, ms));
  /** Waits as long as it takes; a task more lets what must not follow follow. */
  const until = async (done) => {
    while (!done()) await tick(5);
    await tick();
  };
  const lines = (stack) => String(stack).split('\n');
  const thrown = (run) => {
    try {
      return { value: String(run()) };
    } catch (e) {
      return describe(e);
    }
  };
  const describe = (e) =>
    e === null || typeof e !== 'object'
      ? { primitive: String(e) }
      : {
          name: e.name,
          message: e.message,
          code: e.code,
          kind: Object.prototype.toString.call(e),
          own: Reflect.ownKeys(e).map(String),
          isError: e instanceof Error,
          ctor: e.constructor?.name,
          sameRealm: e instanceof Error && Object.getPrototypeOf(e) === window[e.name]?.prototype,
        };
  const descriptor = (owner, key) => {
    const d = Object.getOwnPropertyDescriptor(owner, key);
    if (!d) return null;
    const out = {
      enumerable: d.enumerable,
      configurable: d.configurable,
      writable: d.writable,
      keys: Object.keys(d),
    };
    for (const part of ['value', 'get', 'set']) {
      const f = d[part];
      out[part] =
        typeof f === 'function'
          ? {
              // First: Gecko makes `name` and `length` when they are first asked for.
              keys: Reflect.ownKeys(f).map(String),
              name: f.name,
              length: f.length,
              own: Reflect.ownKeys(f).map((k) => {
                const { value, ...d } = Object.getOwnPropertyDescriptor(f, k);
                return [
                  String(k),
                  typeof value === 'object' || typeof value === 'function' ? typeof value : value,
                  JSON.stringify(d),
                ];
              }),
              text: Function.prototype.toString.call(f),
              concat: `${f}`,
              proto: Object.getPrototypeOf(f) === Function.prototype,
              hasPrototype: 'prototype' in f,
              extensible: Object.isExtensible(f),
              kind: Object.prototype.toString.call(f),
              construct: thrown(() => new f()).message,
              reflect: thrown(() => Reflect.construct(Object, [], f)).message,
              caller: thrown(() => f.caller).message,
            }
          : typeof f === 'object' && f !== null
            ? Object.prototype.toString.call(f)
            : String(f);
    }
    return out;
  };
  const iframe = async (attributes = {}) => {
    const frame = document.createElement('iframe');
    Object.assign(frame, attributes);
    const loaded = attributes.src || attributes.srcdoc ? when(frame, 'load') : undefined;
    document.body.append(frame);
    await loaded;
    return frame;
  };

  // ---- Looks of the constructor
  probe('constructor: name, length, text', () => [W.name, W.length, String(W), `${W}`]);
  probe('constructor: own keys in order', () => Reflect.ownKeys(W).map(String));
  probe('constructor: descriptors', () =>
    Reflect.ownKeys(W).map((k) => {
      const { value, ...d } = Object.getOwnPropertyDescriptor(W, k);
      return [String(k), typeof value, JSON.stringify(d)];
    }),
  );
  probe('constructor: prototype chain', () => [
    Object.getPrototypeOf(W) === EventTarget,
    Object.getPrototypeOf(proto) === EventTarget.prototype,
  ]);
  probe('constructor: prototype.constructor', () => [
    proto.constructor === W,
    descriptor(proto, 'constructor'),
  ]);
  probe('constructor: place on window', () => descriptor(window, 'WebSocket'));
  probe('constructor: statics are constant', () => {
    'use strict';
    return [
      thrown(() => (W.OPEN = 7)),
      thrown(() => delete W.OPEN),
      W.CONNECTING,
      W.OPEN,
      W.CLOSING,
      W.CLOSED,
    ];
  });
  probe('constructor: text from a fresh iframe', async () => {
    const f = await iframe();
    return f.contentWindow.Function.prototype.toString.call(W);
  });
  probe('constructor: call without new', () => thrown(() => W(url())));
  probe('constructor: no argument', () => thrown(() => new W()));
  for (const bad of [
    '',
    'x y',
    'ftp://a.test',
    'ws://',
    'ws://a b',
    'ws://a.test/#',
    'ws://[::1',
    'http:',
    'ws://a.test:99999',
    'mailto:x',
  ])
    probe(`constructor: bad URL ${JSON.stringify(bad)}`, () => thrown(() => new W(bad).url));
  for (const [label, value] of [
    ['a space', 'a b'],
    ['empty', ['']],
    ['twice', ['a', 'a']],
    ['a comma', 'a,b'],
    ['null', null],
    ['a number', 7],
    ['an object', {}],
    ['not ASCII', 'é'],
    ['a symbol', Symbol('x')],
  ])
    probe(`constructor: protocols, ${label}`, () =>
      thrown(() => {
        const ws = new W(url(), value);
        ws.close();
        return ws.url;
      }),
    );
  probe('constructor: conversion of arguments, order and count', () => {
    const log = [];
    const u = {
      toString() {
        log.push('url.toString');
        return url();
      },
      valueOf() {
        log.push('url.valueOf');
      },
    };
    const p = {
      get [Symbol.iterator]() {
        log.push('iterator');
        return undefined;
      },
      toString() {
        log.push('p.toString');
        return 'p';
      },
    };
    new W(u, p).close();
    return log;
  });
  probe('constructor: an exception of toString passes', () => {
    const mine = { mine: true };
    try {
      new W({
        toString() {
          throw mine;
        },
      });
    } catch (e) {
      return e === mine;
    }
  });
  probe('constructor: a URL object', () => {
    const ws = new W(new URL(url('/a?b')));
    ws.close();
    return ws.url.replace(/:\d+/, '');
  });
  probe('constructor: stack of its error', () => {
    try {
      new W('x y');
    } catch (e) {
      return lines(e.stack);
    }
  });
  probe('constructor: stack inside toString', () => {
    let s;
    const ws = new W({
      toString() {
        s = new Error('x').stack;
        return url();
      },
    });
    ws.close();
    return lines(s);
  });
  probe('constructor: structuredClone fails', () => thrown(() => structuredClone(W)));
  probe('constructor: new.target and subclass', () => {
    let seen;
    class Feed extends WebSocket {
      #x = 1;
      constructor(u) {
        super(u);
        seen = new.target === Feed;
      }
      get x() {
        return this.#x;
      }
      send(d) {
        return super.send(d);
      }
    }
    const f = new Feed(url());
    const out = [
      seen,
      f instanceof Feed,
      f instanceof W,
      f.constructor === Feed,
      Object.getPrototypeOf(f) === Feed.prototype,
      f.x,
      Reflect.ownKeys(f).map(String),
      String(f),
    ];
    f.close();
    return out;
  });
  probe('constructor: a subclass works', async () => {
    class Feed extends WebSocket {
      log = [];
      constructor(u) {
        super(u);
        this.onmessage = (e) => this.log.push(e.data);
      }
      send(d) {
        super.send(`<${d}>`);
      }
    }
    const f = new Feed(url());
    await when(f, 'open');
    f.send('x');
    await when(f, 'message');
    f.close();
    const c = await when(f, 'close');
    return [f.log, c.code];
  });
  probe('constructor: Reflect.construct with another newTarget', () => {
    function Other() {}
    Other.prototype = Object.create(proto);
    const o = Reflect.construct(W, [url()], Other);
    const out = [o instanceof Other, o.readyState, Object.getPrototypeOf(o) === Other.prototype];
    o.close();
    return out;
  });
  probe('constructor: bind', () => {
    const B = W.bind(null, url());
    const b = new B();
    b.close();
    return [b instanceof W, B.name, String(B)];
  });
  probe('constructor: instanceof through Symbol.hasInstance', () => {
    const ws = new W(url());
    const r = [
      ws instanceof W,
      ws instanceof EventTarget,
      Function.prototype[Symbol.hasInstance].call(W, ws),
    ];
    ws.close();
    return r;
  });
  probe('constructor: a page may replace it', () => {
    const d = Object.getOwnPropertyDescriptor(window, 'WebSocket');
    class Mine {}
    window.WebSocket = Mine;
    const r = [new WebSocket() instanceof Mine, window.WebSocket === Mine];
    Object.defineProperty(window, 'WebSocket', d);
    return [r, window.WebSocket === W];
  });

  // ---- Looks of the prototype
  probe('prototype: own keys in order', () => Reflect.ownKeys(proto).map(String));
  probe('prototype: for-in order', () => {
    const k = [];
    for (const x in proto) k.push(x);
    return k;
  });
  probe('prototype: toStringTag', () => [
    descriptor(proto, Symbol.toStringTag),
    String(proto),
    Object.prototype.toString.call(proto),
  ]);
  for (const key of [
    'url',
    'readyState',
    'bufferedAmount',
    'onopen',
    'onmessage',
    'onerror',
    'onclose',
    'extensions',
    'protocol',
    'binaryType',
    'send',
    'close',
    'CONNECTING',
  ])
    probe(`prototype: ${key}`, () => descriptor(proto, key));
  probe('prototype: EventTarget.addEventListener', () =>
    descriptor(EventTarget.prototype, 'addEventListener'),
  );
  probe('prototype: EventTarget own keys', () =>
    Reflect.ownKeys(EventTarget.prototype).map(String),
  );
  probe('prototype: MessageEvent.data', () => descriptor(MessageEvent.prototype, 'data'));
  probe('prototype: MessageEvent own keys', () =>
    Reflect.ownKeys(MessageEvent.prototype).map(String),
  );
  probe('prototype: Function.prototype.toString', () => descriptor(Function.prototype, 'toString'));
  probe('prototype: Function own keys', () => Reflect.ownKeys(Function.prototype).map(String));
  probe('prototype: Function.prototype.toString on others', () => [
    String(
      class A {
        b() {}
      },
    ),
    String((a) => a),
    Function.prototype.toString.call(Function.prototype.toString),
    thrown(() => Function.prototype.toString.call({})),
    thrown(() => Function.prototype.toString.call(null)),
    Function.prototype.toString.call(new Proxy(function f() {}, {})),
    String(function () {}.bind()),
    String(eval),
    Function.prototype.toString.length,
  ]);
  probe('prototype: stack of a toString error', () => {
    try {
      Function.prototype.toString.call({});
    } catch (e) {
      return lines(e.stack);
    }
  });
  probe('prototype: Error and DOMException', () => [
    descriptor(Error.prototype, 'stack'),
    ...['stack', 'filename', 'lineNumber', 'columnNumber', 'name', 'code'].map((k) =>
      descriptor(DOMException.prototype, k),
    ),
    Reflect.ownKeys(Error).map(String),
    Reflect.ownKeys(Error.prototype).map(String),
  ]);
  for (const key of ['send', 'close'])
    probe(`prototype: structuredClone of ${key} fails the same`, () =>
      thrown(() => structuredClone(proto[key])),
    );
  probe('prototype: structuredClone of an accessor fails the same', () =>
    thrown(() => structuredClone(Object.getOwnPropertyDescriptor(proto, 'onmessage').set)),
  );
  probe('prototype: structuredClone of others fails the same', () => [
    thrown(() => structuredClone(addEventListener)),
    thrown(() => structuredClone(Function.prototype.toString)),
    thrown(() => postMessage(proto.send, '*')),
  ]);
  probe('prototype: text of hooks from a fresh iframe', async () => {
    const f = await iframe();
    const text = f.contentWindow.Function.prototype.toString;
    return [
      proto.send,
      proto.close,
      addEventListener,
      Function.prototype.toString,
      Object.getOwnPropertyDescriptor(proto, 'onclose').set,
      Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data').get,
    ].map((x) => text.call(x));
  });
  probe("prototype: text of an iframe's hooks from here", async () => {
    const f = await iframe();
    const w = f.contentWindow;
    const text = Function.prototype.toString;
    return [
      w.WebSocket.prototype.send,
      w.WebSocket.prototype.close,
      w.addEventListener,
      w.Function.prototype.toString,
    ].map((x) => text.call(x));
  });
  probe('prototype: text from a sibling iframe', async () => {
    const a = await iframe();
    const b = await iframe();
    return [
      a.contentWindow.Function.prototype.toString.call(b.contentWindow.WebSocket.prototype.send),
    ];
  });
  probe('prototype: text from a frame with a source', async () => {
    const f = await iframe({ src: '/empty' });
    return [
      f.contentWindow.Function.prototype.toString.call(proto.send),
      Function.prototype.toString.call(f.contentWindow.WebSocket.prototype.send),
    ];
  });
  probe('prototype: text from a written and srcdoc frame', async () => {
    const a = await iframe({ srcdoc: '<p>x' });
    const b = await iframe();
    b.contentDocument.open();
    b.contentDocument.write('<p>x');
    b.contentDocument.close();
    return [a, b].map((f) => [
      f.contentWindow.Function.prototype.toString.call(proto.send),
      Function.prototype.toString.call(f.contentWindow.WebSocket.prototype.send),
    ]);
  });
  probe('prototype: identity is stable', () => [
    proto.send === proto.send,
    new Set([proto.send, W.prototype.send]).size,
    window.addEventListener === EventTarget.prototype.addEventListener,
    document.addEventListener === addEventListener,
  ]);
  probe('prototype: brand of accessors', () =>
    ['url', 'readyState', 'bufferedAmount', 'onopen', 'extensions', 'binaryType'].map((k) => [
      thrown(() => proto[k]),
      thrown(() => Object.getOwnPropertyDescriptor(proto, k).get.call({})),
      thrown(() => Object.getOwnPropertyDescriptor(proto, k).get.call(undefined)),
    ]),
  );
  probe('prototype: brand of setters', () =>
    ['onopen', 'onmessage', 'onclose', 'binaryType'].map((k) => [
      thrown(() => (proto[k] = null)),
      thrown(() => Object.getOwnPropertyDescriptor(proto, k).set.call({}, null)),
      thrown(() => Object.getOwnPropertyDescriptor(proto, k).set.call(new W(url()))),
    ]),
  );
  probe('prototype: brand of methods', () => [
    thrown(() => proto.send('x')),
    thrown(() => proto.send.call({}, 'x')),
    thrown(() => proto.close.call(null)),
    thrown(() => proto.send.call(new EventTarget(), 'x')),
    thrown(() => proto.close.call(Object.create(proto))),
  ]);
  probe('prototype: a Proxy as receiver', () => {
    const log = [];
    const trap = new Proxy(
      {},
      {
        get:
          (_, k) =>
          (...a) => {
            log.push(k);
            return Reflect[k](...a);
          },
      },
    );
    const p = new Proxy(new W(url()), trap);
    const out = [
      thrown(() => p.readyState),
      thrown(() => p.send('x')),
      thrown(() => addEventListener.call(p, 'message', () => {})),
      thrown(() => (p.onclose = null)),
    ];
    return [out, log];
  });
  probe('prototype: a Proxy in the chain', () => {
    const log = [];
    const ws = new W(url());
    const trap = new Proxy(
      {},
      {
        get:
          (_, k) =>
          (...a) => {
            log.push(String(k));
            return Reflect[k](...a);
          },
      },
    );
    const target = new EventTarget();
    Object.setPrototypeOf(target, new Proxy(EventTarget.prototype, trap));
    EventTarget.prototype.addEventListener.call(target, 'message', () => {});
    EventTarget.prototype.addEventListener.call(target, 'close', () => {});
    ws.close();
    return log;
  });
  probe('prototype: method of another realm on our socket', async () => {
    const f = await iframe();
    const ws = await open();
    const other = f.contentWindow.WebSocket.prototype;
    other.send.call(ws, 'hi');
    const e = await when(ws, 'message');
    const d = Object.getOwnPropertyDescriptor(
      f.contentWindow.MessageEvent.prototype,
      'data',
    ).get.call(e);
    ws.close();
    return [d, e.data];
  });
  probe("prototype: errors are of the method's realm", async () => {
    const f = await iframe();
    const w = f.contentWindow;
    const out = [];
    try {
      w.WebSocket.prototype.send.call({}, 'x');
    } catch (e) {
      out.push(e instanceof w.TypeError, e instanceof TypeError, e.message);
    }
    const ws = new w.WebSocket(url());
    try {
      ws.send('x');
    } catch (e) {
      out.push(e instanceof w.DOMException, e instanceof DOMException);
    }
    try {
      proto.send.call(ws, 'x');
    } catch (e) {
      out.push(e instanceof w.DOMException, e instanceof DOMException, e.name);
    }
    return out;
  });
  probe('prototype: hooks cannot be told by speed of nothing', () => typeof proto.send);
  probe('prototype: frozen and sealed', () => [
    Object.isFrozen(proto),
    Object.isSealed(proto),
    Object.isExtensible(proto),
    Object.isFrozen(W),
  ]);
  probe('prototype: redefinition by the page', () => {
    const d = Object.getOwnPropertyDescriptor(proto, 'send');
    const log = [];
    Object.defineProperty(proto, 'send', {
      ...d,
      value: function send(x) {
        log.push(x);
      },
    });
    const ws = new W(url());
    ws.send('q');
    ws.close();
    Object.defineProperty(proto, 'send', d);
    return [
      log,
      JSON.stringify(Object.getOwnPropertyDescriptor(proto, 'send')),
      Reflect.ownKeys(proto).map(String),
    ];
  });
  probe('prototype: a page that wraps send natively', async () => {
    const d = Object.getOwnPropertyDescriptor(proto, 'send');
    const log = [];
    const before = proto.send;
    proto.send = function (x) {
      log.push(typeof x);
      return before.apply(this, arguments);
    };
    const ws = await open();
    ws.send('z');
    const e = await when(ws, 'message');
    ws.close();
    Object.defineProperty(proto, 'send', d);
    return [log, e.data];
  });

  // ---- Instances
  probe('instance: own keys', () => {
    const ws = new W(url());
    ws.onopen = () => {};
    ws.addEventListener('close', () => {});
    ws.close();
    return [Reflect.ownKeys(ws).map(String), Object.keys(ws), JSON.stringify(ws)];
  });
  probe('instance: for-in order', () => {
    const ws = new W(url());
    const k = [];
    for (const x in ws) k.push(x);
    ws.close();
    return k;
  });
  probe('instance: text and tags', () => {
    const ws = new W(url());
    ws.onclose = null;
    ws.close();
    return [String(ws), Object.prototype.toString.call(ws), typeof ws, ws.constructor === W];
  });
  probe('instance: extensible after touch', () => {
    const ws = new W(url());
    ws.onmessage = () => {};
    ws.close();
    return [Object.isExtensible(ws), Object.isFrozen(Object.freeze(ws))];
  });
  probe('instance: a frozen socket works', async () => {
    const ws = Object.freeze(new W(url()));
    await when(ws, 'open');
    ws.send('f');
    const e = await when(ws, 'message');
    ws.close();
    return [e.data, (await when(ws, 'close')).code];
  });
  probe('instance: attribute handlers hold what was set', () => {
    const ws = new W(url());
    const f = () => {};
    const o = { handleEvent() {} };
    const out = [];
    for (const v of [f, o, null, 5, 'x', undefined]) {
      ws.onmessage = v;
      out.push(ws.onmessage === v, ws.onmessage === null);
    }
    ws.close();
    return out;
  });
  probe('instance: readyState and constants', async () => {
    const ws = new W(url());
    const a = ws.readyState;
    await when(ws, 'open');
    const b = ws.readyState;
    ws.close();
    const c = ws.readyState;
    await when(ws, 'close');
    return [a, b, c, ws.readyState, ws.OPEN, ws.CLOSED];
  });
  probe('instance: url, protocol, extensions', async () => {
    const ws = await open('/echo?x=1', ['b', 'a']);
    const out = [ws.url.replace(/:\d+/, ''), ws.protocol, ws.extensions];
    ws.close();
    return out;
  });
  probe('instance: binaryType', () => {
    const ws = new W(url());
    const out = [ws.binaryType];
    ws.binaryType = 'arraybuffer';
    out.push(ws.binaryType);
    ws.binaryType = 'nonsense';
    out.push(ws.binaryType);
    ws.close();
    return out;
  });
  probe('instance: structuredClone fails', () => {
    const ws = new W(url());
    ws.onopen = () => {};
    ws.close();
    return thrown(() => structuredClone(ws));
  });
  probe('instance: listeners of nothing', () => {
    const ws = new W(url());
    const r = [
      ws.addEventListener('open', null),
      ws.removeEventListener('open', null),
      thrown(() => ws.addEventListener('open')),
      thrown(() => ws.addEventListener()),
      thrown(() => ws.addEventListener('open', 5)),
      thrown(() => ws.addEventListener('open', () => {}, 5)),
    ];
    ws.close();
    return r.map(String).concat(r.filter((x) => x?.message).map((x) => x.message));
  });

  // ---- Events
  probe('events: open', async () => {
    const ws = new W(url());
    const e = await when(ws, 'open');
    ws.close();
    return [
      e.isTrusted,
      e.target === ws,
      e.currentTarget,
      e.bubbles,
      e.cancelable,
      e.constructor === Event,
      e.eventPhase,
      e.composedPath().length,
    ];
  });
  probe('events: message', async () => {
    const ws = await open();
    ws.send('m');
    const e = await when(ws, 'message');
    const d = e.data;
    ws.close();
    return [
      d,
      e.isTrusted,
      e.target === ws,
      e.origin.replace(/:\d+/, ''),
      e.lastEventId,
      e.source,
      e.ports.length,
      Object.isFrozen(e.ports),
      Reflect.ownKeys(e).map(String),
      e.constructor === MessageEvent,
    ];
  });
  probe('events: close by the server', async () => {
    const ws = new W(url('/close?code=4001&reason=because'));
    const e = await when(ws, 'close');
    return [
      e.code,
      e.reason,
      e.wasClean,
      e.isTrusted,
      Reflect.ownKeys(e).map(String),
      e.constructor === CloseEvent,
    ];
  });
  probe('events: close without a code', async () => {
    const ws = new W(url('/close'));
    const e = await when(ws, 'close');
    return [e.code, e.reason, e.wasClean];
  });
  probe('events: cut', async () => {
    const ws = new W(url('/cut'));
    const log = [];
    ws.onerror = (e) => log.push('error', e.constructor === Event, e.isTrusted);
    const e = await when(ws, 'close');
    return [log, e.code, e.wasClean];
  });
  probe('events: refused handshake', async () => {
    const ws = new W(url('/refuse'));
    const log = [];
    ws.addEventListener('error', () => log.push('error', ws.readyState));
    const e = await when(ws, 'close');
    return [log, e.code, e.reason, e.wasClean];
  });
  probe('events: order of attribute handlers and listeners', async () => {
    const ws = new W(url());
    const log = [];
    ws.addEventListener('open', () => log.push('a'));
    ws.onopen = () => log.push('b');
    ws.addEventListener('open', () => log.push('c'));
    ws.onopen = () => log.push('b2');
    ws.addEventListener('open', () => log.push('capture'), true);
    await when(ws, 'open');
    ws.close();
    return log;
  });
  probe('events: a handler removed and set again moves', async () => {
    const ws = new W(url());
    const log = [];
    ws.onopen = () => log.push('x');
    ws.addEventListener('open', () => log.push('a'));
    ws.onopen = null;
    ws.onopen = () => log.push('y');
    await when(ws, 'open');
    ws.close();
    return log;
  });
  probe('events: once', async () => {
    const ws = await open();
    let n = 0;
    ws.addEventListener('message', () => n++, { once: true });
    ws.send('1');
    ws.send('2');
    await when(ws, 'message');
    await when(ws, 'message');
    ws.close();
    return n;
  });
  probe('events: signal', async () => {
    const ws = await open();
    let n = 0;
    const c = new AbortController();
    ws.addEventListener('message', () => n++, { signal: c.signal });
    ws.send('1');
    await when(ws, 'message');
    c.abort();
    ws.send('2');
    await when(ws, 'message');
    ws.close();
    return n;
  });
  probe('events: handleEvent', async () => {
    const ws = new W(url());
    const log = [];
    const o = {
      handleEvent(e) {
        log.push(this === o, e.type);
      },
    };
    ws.addEventListener('open', o);
    await when(ws, 'open');
    ws.close();
    return log;
  });
  probe('events: handleEvent is looked up at dispatch', async () => {
    const ws = new W(url());
    let looks = 0;
    const o = {
      get handleEvent() {
        looks++;
        return () => {};
      },
    };
    ws.addEventListener('open', o);
    const before = looks;
    await when(ws, 'open');
    ws.close();
    return [before, looks];
  });
  probe('events: duplicates', async () => {
    const ws = new W(url());
    let n = 0;
    const f = () => n++;
    ws.addEventListener('open', f);
    ws.addEventListener('open', f);
    ws.addEventListener('open', f, true);
    await when(ws, 'open');
    ws.close();
    return n;
  });
  probe('events: removeEventListener', async () => {
    const ws = new W(url());
    let n = 0;
    const f = () => n++;
    ws.addEventListener('open', f);
    ws.removeEventListener('open', f);
    await when(ws, 'open');
    ws.close();
    return n;
  });
  probe('events: stopImmediatePropagation', async () => {
    const ws = new W(url());
    const log = [];
    ws.addEventListener('open', (e) => {
      log.push('a');
      e.stopImmediatePropagation();
    });
    ws.onopen = () => log.push('b');
    await until(() => log.length > 0);
    ws.close();
    return log;
  });
  probe('events: this and return values', async () => {
    const ws = new W(url());
    const log = [];
    ws.onopen = function (e) {
      log.push(this === ws, e.currentTarget === ws);
      return false;
    };
    await when(ws, 'open');
    ws.close();
    return log;
  });
  probe('events: microtasks between listeners', async () => {
    const ws = new W(url());
    const log = [];
    ws.addEventListener('open', () => {
      log.push('a');
      queueMicrotask(() => log.push('m'));
      Promise.resolve().then(() => log.push('p'));
    });
    ws.addEventListener('open', () => log.push('b'));
    await when(ws, 'open');
    await tick();
    ws.close();
    return log;
  });
  probe('events: microtasks queued before messages', async () => {
    const ws = await open();
    const log = [];
    ws.onmessage = (e) => {
      log.push(e.data);
      queueMicrotask(() => log.push(`m${e.data}`));
    };
    for (const x of 'abc') ws.send(x);
    await until(() => log.length >= 6);
    ws.close();
    return log;
  });
  probe('events: an exception in a handler reaches onerror', async () => {
    const ws = new W(url());
    const log = [];
    const old = window.onerror;
    window.onerror = (m, s, l, c, e) => {
      log.push(String(m), s, l, c, lines(e?.stack));
      return true;
    };
    ws.onopen = () => {
      throw new Error('mine');
    };
    await when(ws, 'open');
    await tick();
    window.onerror = old;
    ws.close();
    return log;
  });
  probe('events: stack inside a handler', async () => {
    const ws = new W(url());
    let s;
    ws.onopen = () => (s = new Error('x').stack);
    await when(ws, 'open');
    ws.close();
    return lines(s);
  });
  probe('events: window.event', async () => {
    const ws = new W(url());
    let ok;
    ws.onopen = (e) => (ok = window.event === e);
    await when(ws, 'open');
    ws.close();
    return [ok, window.event === undefined];
  });
  probe('events: one data object per event', async () => {
    const ws = await open();
    ws.binaryType = 'arraybuffer';
    ws.send(new Uint8Array([1, 2]));
    const e = await when(ws, 'message');
    ws.close();
    return [e.data === e.data, e.data.byteLength, e.data instanceof ArrayBuffer];
  });
  probe('events: data is transferable', async () => {
    const ws = await open();
    ws.binaryType = 'arraybuffer';
    ws.send(new Uint8Array(64));
    const e = await when(ws, 'message');
    const m = structuredClone(e.data, { transfer: [e.data] });
    ws.close();
    return [m.byteLength, e.data.byteLength];
  });
  probe('events: blob data', async () => {
    const ws = await open();
    ws.send(new Blob(['abc']));
    const e = await when(ws, 'message');
    ws.close();
    return [
      e.data instanceof Blob,
      e.data.size,
      e.data.type,
      await e.data.text(),
      e.data === e.data,
    ];
  });
  probe('events: extensible events', async () => {
    const ws = await open();
    ws.send('x');
    const e = await when(ws, 'message');
    void e.data;
    ws.close();
    return [Object.isExtensible(e), Reflect.ownKeys(Object.freeze(e)).map(String), e.data];
  });
  probe('events: frozen event, data read', async () => {
    const ws = await open();
    ws.send('x');
    const e = Object.freeze(await when(ws, 'message'));
    ws.close();
    return [e.data, e.data];
  });
  probe("events: a page's own events on a socket", async () => {
    const ws = new W(url());
    const log = [];
    for (const t of ['open', 'message', 'error', 'close'])
      ws.addEventListener(t, (e) => log.push(t, e.isTrusted, e.data ?? null, e.code ?? null));
    ws.dispatchEvent(new Event('close'));
    ws.dispatchEvent(new MessageEvent('message', { data: 'fake' }));
    ws.dispatchEvent(new CloseEvent('close', { code: 4999, reason: 'r' }));
    ws.dispatchEvent(new Event('open'));
    ws.close();
    return [log, ws.readyState];
  });
  probe('events: MessageEvent of the page', () => {
    const o = {};
    const e = new MessageEvent('message', { data: o });
    return [
      e.data === o,
      new MessageEvent('x').data,
      thrown(() => Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data').get.call({})),
      thrown(() => MessageEvent.prototype.data),
    ];
  });
  probe('events: stack of a data error', () => {
    try {
      MessageEvent.prototype.data;
    } catch (e) {
      return lines(e.stack);
    }
  });
  probe('events: other message events', async () => {
    const c = new MessageChannel();
    const got = new Promise((y) => (c.port1.onmessage = (e) => y([e.data, e.isTrusted])));
    c.port2.postMessage({ a: [1] });
    const w = new Promise((y) =>
      window.addEventListener('message', (e) => y(e.data), { once: true }),
    );
    postMessage('to me', '*');
    return [await got, await w];
  });

  // ---- send
  for (const [label, make] of [
    ['nothing', () => []],
    ['undefined', () => [undefined]],
    ['null', () => [null]],
    ['a number', () => [1.5]],
    ['a bigint', () => [10n]],
    ['a boolean', () => [true]],
    ['an object', () => [{}]],
    ['an array', () => [[1, [2]]]],
    ['a lone surrogate', () => ['a\ud800b']],
    ['a String object', () => [new String('so')]],
    ['a Date-like', () => [{ toString: () => 'conv' }]],
    ['an empty string', () => ['']],
    ['two arguments', () => ['one', 'two']],
    ['a function', () => [function f() {}]],
  ])
    probe(`send: ${label}`, async () => {
      const ws = await open();
      const got = when(ws, 'message');
      const r = thrown(() => ws.send(...make()));
      const data = r.value === 'undefined' ? (await got).data : null;
      ws.close();
      return [r, data];
    });
  probe('send: a symbol', async () => {
    const ws = await open();
    const r = thrown(() => ws.send(Symbol('s')));
    ws.close();
    return r;
  });
  probe('send: an exception of toString passes', async () => {
    const ws = await open();
    const mine = {};
    try {
      ws.send({
        toString() {
          throw mine;
        },
      });
    } catch (e) {
      ws.close();
      return e === mine;
    }
  });
  probe('send: conversion order and count', async () => {
    const ws = await open();
    const log = [];
    ws.send({
      get [Symbol.toPrimitive]() {
        log.push('toPrimitive');
      },
      toString() {
        log.push('toString');
        return 'x';
      },
      valueOf() {
        log.push('valueOf');
        return 'y';
      },
    });
    ws.close();
    return log;
  });
  probe('send: no getter of the data is read', async () => {
    const ws = await open();
    const log = [];
    const b = new Uint8Array(3);
    for (const k of ['byteLength', 'length', 'buffer', 'size', 'constructor'])
      Object.defineProperty(b, k, {
        get() {
          log.push(k);
          return 9;
        },
      });
    const blob = new Blob(['q']);
    Object.defineProperty(blob, 'size', {
      get() {
        log.push('size');
        return 9;
      },
    });
    ws.send(b);
    ws.send(blob);
    const t = new Proxy(
      {},
      {
        get(_, k) {
          log.push(String(k));
          return k === 'toString' ? () => 'p' : undefined;
        },
      },
    );
    ws.send(t);
    ws.close();
    return log;
  });
  probe('send: while connecting', () => {
    const ws = new W(url());
    const r = thrown(() => ws.send('x'));
    ws.close();
    return r;
  });
  probe('send: stack while connecting', () => {
    const ws = new W(url());
    try {
      ws.send('x');
    } catch (e) {
      ws.close();
      return [lines(e.stack), e.filename ?? null, e.lineNumber ?? null, e.columnNumber ?? null];
    }
  });
  probe('send: stack while connecting, of a met socket', () => {
    const ws = new W(url());
    ws.onopen = () => {};
    try {
      ws.send(new Uint8Array(2));
    } catch (e) {
      ws.close();
      return [lines(e.stack)];
    }
  });
  probe('send: stack of a missing argument', async () => {
    const ws = await open();
    try {
      ws.send();
    } catch (e) {
      ws.close();
      return [
        lines(e.stack),
        e.fileName ?? null,
        e.lineNumber ?? null,
        e.columnNumber ?? null,
        Object.getOwnPropertyNames(e),
      ];
    }
  });
  probe('send: stack of a bad receiver', () => {
    try {
      proto.send.call({}, 'x');
    } catch (e) {
      return [
        lines(e.stack),
        e.fileName ?? null,
        e.lineNumber ?? null,
        Object.getOwnPropertyNames(e),
        JSON.stringify(Object.getOwnPropertyDescriptor(e, 'stack')?.enumerable),
      ];
    }
  });
  probe('send: prepareStackTrace and stackTraceLimit', () => {
    const ws = new W(url());
    const calls = [];
    const limit = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
    Error.prepareStackTrace = (e, s) => {
      calls.push(s.map((x) => [x.getFunctionName?.(), x.getLineNumber?.()]));
      return 'P';
    };
    let stack;
    try {
      ws.send('x');
    } catch (e) {
      stack = e.stack;
    }
    ws.onopen = () => {};
    ws.close();
    delete Error.prepareStackTrace;
    const after = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
    return [
      calls,
      stack === 'P' ? 'P' : lines(stack),
      JSON.stringify(limit) === JSON.stringify(after),
    ];
  });
  probe('send: stackTraceLimit of one', () => {
    const old = Error.stackTraceLimit;
    Error.stackTraceLimit = 1;
    const ws = new W(url());
    try {
      ws.send('x');
    } catch (e) {
      const s = e.stack;
      ws.close();
      if (old === undefined) delete Error.stackTraceLimit;
      else Error.stackTraceLimit = old;
      return lines(s);
    }
  });
  /* Errors about arguments that are objects, where our frame would be the last, or the only one. */
  const inV8 = /Chrome/.test(navigator.userAgent);
  for (const [name, call] of [
    ['send', (ws) => ws.send.bind(ws)],
    ['addEventListener', (ws) => ws.addEventListener.bind(ws)],
    ['onopen', (ws) => Object.getOwnPropertyDescriptor(proto, 'onopen').set.bind({})],
  ]) {
    probe(`${name}: stack of an error that no script of the page called`, async () => {
      const ws = new W(url('/hold'));
      const stack = await Promise.resolve({ a: 1 })
        .then(call(ws))
        .then(String, (error) => lines(error.stack));
      ws.close();
      return stack;
    });
    probe(`${name}: stacks of one frame, of an object`, () => {
      if (!inV8) return 'of V8 alone';
      const ws = new W(url('/hold'));
      const old = Error.stackTraceLimit;
      Error.stackTraceLimit = 1;
      try {
        call(ws)({});
      } catch (error) {
        return lines(error.stack);
      } finally {
        Error.stackTraceLimit = old;
        ws.close();
      }
    });
  }
  probe('send: stack that the page formats, of an object', () => {
    if (!inV8) return 'of V8 alone';
    const ws = new W(url('/hold'));
    Error.prepareStackTrace = (_, frames) => frames.map((frame) => frame.getFileName());
    try {
      ws.send({});
    } catch (error) {
      return String(error.stack);
    } finally {
      delete Error.prepareStackTrace;
      ws.close();
    }
  });
  probe('send: uncaught error, onerror position', async () => {
    const old = window.onerror;
    const log = [];
    window.onerror = (m, s, l, c, e) => {
      log.push(m, s, l, c, e?.name);
      return true;
    };
    const ws = new W(url('/hold'));
    setTimeout(() => ws.send('x'));
    await until(() => log.length > 0);
    window.onerror = old;
    ws.close();
    return log;
  });
  probe('close: uncaught error, onerror position', async () => {
    const old = window.onerror;
    const log = [];
    window.onerror = (m, s, l, c, e) => {
      log.push(m, s, l, c, e?.name);
      return true;
    };
    const ws = new W(url());
    setTimeout(() => ws.close(1001));
    await until(() => log.length > 0);
    window.onerror = old;
    ws.close();
    return log;
  });
  probe('send: stack inside toString', async () => {
    const ws = await open();
    let s;
    ws.send({
      toString() {
        s = new Error('in').stack;
        return 'x';
      },
    });
    ws.close();
    return lines(s);
  });
  // ---- Whatever is called, however
  /** All that is hooked, and could be taken for a script's. */
  const hooked = () => {
    const part = (object, key, which) => Object.getOwnPropertyDescriptor(object, key)?.[which];
    return [
      proto.send,
      proto.close,
      EventTarget.prototype.addEventListener,
      Function.prototype.toString,
      part(proto, 'onopen', 'set'),
      part(proto, 'onclose', 'set'),
      part(proto, 'readyState', 'get'),
      part(MessageEvent.prototype, 'data', 'get'),
      part(DOMException.prototype, 'filename', 'get'),
      part(DOMException.prototype, 'lineNumber', 'get'),
      part(DOMException.prototype, 'stack', 'get'),
      part(Error.prototype, 'stack', 'get'),
    ].filter((f) => f !== undefined);
  };
  const kind = (value) =>
    typeof value === 'object' ? Object.prototype.toString.call(value) : String(value);
  probe('methods: receivers of every kind', () =>
    hooked().map((f) =>
      [
        undefined,
        null,
        5,
        'text',
        Symbol('s'),
        1n,
        true,
        {},
        window,
        document,
        new Error('e'),
        new DOMException('d'),
      ].map((self) => [
        thrown(() => kind(f.call(self))),
        thrown(() => kind(f.call(self, 'x', null))),
      ]),
    ),
  );
  probe('methods: called without a receiver', () =>
    hooked().map((method) => thrown(() => kind(method('y', () => {})))),
  );
  probe('methods: errors that name the function', () =>
    hooked().map((f) => [
      thrown(() => ({}) instanceof f),
      thrown(() => new f()),
      thrown(() => class extends f {}),
      thrown(() => Reflect.construct(f, [])),
      thrown(() => f.x.y),
      thrown(() => f.arguments),
      thrown(() => structuredClone(f)),
    ]),
  );
  probe('methods: stacks captured in conversions', async () => {
    const ws = await open();
    const said = [];
    const say = (result) => () => {
      const holder = {};
      Error.captureStackTrace?.(holder);
      said.push(lines(holder.stack), lines(new Error('in').stack));
      return result;
    };
    ws.addEventListener({ toString: say('message') }, () => {});
    ws.addEventListener(
      'message',
      () => {},
      Object.defineProperty({}, 'once', { get: say(false) }),
    );
    ws.close({ valueOf: say(3000) }, { toString: say('reason') });
    return said;
  });
  probe('methods: uncaught errors, positions', async () => {
    const ws = await open();
    const old = window.onerror;
    const log = [];
    for (const call of [
      () => ws.addEventListener('x'),
      () => ws.addEventListener('x', 5),
      () => ws.addEventListener('x', log.push, Object.defineProperty({}, 'once', { get: no })),
      () => ws.send(Symbol('s')),
      () => ws.send({ toString: no }),
      () => ws.send(),
      () => ws.close(Symbol('s')),
      () => ws.close(3000, 'x'.repeat(200)),
    ]) {
      log.push(
        await new Promise((yes) => {
          window.onerror = (m, s, l, c, e) => {
            yes([m, s, l, c, e?.name, lines(e?.stack)]);
            return true;
          };
          setTimeout(call);
        }),
      );
    }
    function no() {
      throw new TypeError('no');
    }
    window.onerror = old;
    ws.close();
    return log;
  });
  probe('methods: of a frame that is gone', async () => {
    const f = await iframe();
    const { WebSocket: Theirs, EventTarget: Target } = f.contentWindow;
    const { send, close } = Theirs.prototype;
    const { addEventListener: add } = Target.prototype;
    // First: Chromium makes one handshake after the other.
    const ours = await open();
    const theirs = new Theirs(url('/hold'));
    f.remove();
    const said = [
      () => send.call(theirs, 'x'),
      () => add.call(theirs, 'x', () => {}),
      () => close.call(theirs, 5),
      () => close.call(theirs),
      () => theirs.readyState,
      () => send.call(ours, 'x'),
      () => add.call(ours, 'x', () => {}),
      () => send.call({}, 'x'),
    ].map((call) => {
      try {
        return String(call());
      } catch (e) {
        return `${e.name}: ${e.message}`;
      }
    });
    ours.close();
    return said;
  });
  probe('methods while the page is printed', async () => {
    // Firefox would ask for a printer.
    if (!/Chrome/.test(navigator.userAgent)) return 'not asked';
    const ws = await open();
    const said = [];
    let heard = 0;
    const count = () => heard++;
    const target = new EventTarget();
    const before = () => {
      said.push(thrown(() => target.addEventListener('x', count)));
      said.push(thrown(() => ws.send('printed')));
      said.push(thrown(() => ws.close(1000, 'printed')));
    };
    addEventListener('beforeprint', before);
    const closed = when(ws, 'close');
    print();
    removeEventListener('beforeprint', before);
    target.dispatchEvent(new Event('x'));
    const { code, reason } = await closed;
    return [said, heard, code, reason];
  });
  probe('methods as deep in callbacks as the browser goes', async () => {
    const ws = await open();
    const target = new EventTarget();
    const count = () => {};
    const say = (run) => {
      try {
        run();
        return 'ok';
      } catch (e) {
        return e.name;
      }
    };
    const said = [];
    let depth = 0;
    target.addEventListener('deeper', () => {
      depth++;
      said.push([
        depth,
        say(() => target.addEventListener('x', count)),
        say(() => ws.send('deep')),
        say(() => ws.close(5)),
      ]);
      if (depth < 60) say(() => target.dispatchEvent(new Event('deeper')));
    });
    target.dispatchEvent(new Event('deeper'));
    ws.close();
    return said;
  });
  probe('close: stack inside valueOf', async () => {
    const ws = await open();
    let s;
    ws.close({
      valueOf() {
        s = new Error('in').stack;
        return 1000;
      },
    });
    return lines(s);
  });
  // `caller` tells sloppy functions who called them: never one of ours.
  const callerIn = (call) => {
    let seen;
    const spy = new Function('look', 'return function spy() { look(spy.caller); return 3000; }')(
      (caller) => {
        seen = caller === null ? 'null' : String(caller).slice(0, 40);
      },
    );
    call(spy);
    return seen;
  };
  probe('close: caller of a conversion', async () => {
    const ws = await open();
    return callerIn((spy) => ws.close({ valueOf: spy }));
  });
  probe('addEventListener: caller of an option', async () => {
    const ws = await open();
    const seen = callerIn((spy) =>
      ws.addEventListener('message', () => {}, Object.defineProperty({}, 'once', { get: spy })),
    );
    ws.close();
    return seen;
  });
  probe('send: caller of a conversion', async () => {
    const ws = await open();
    const seen = callerIn((spy) => ws.send({ toString: spy }));
    ws.close();
    return seen;
  });
  probe('handlers: caller', async () => {
    const ws = await open();
    const seen = await new Promise((yes) => {
      const spy = new Function(
        'yes',
        'return function spy() { yes(String(spy.caller).slice(0, 40)); }',
      )(yes);
      ws.onclose = spy;
      ws.close();
    });
    return seen;
  });
  probe('close: called by the browser, no script below', async () => {
    const ws = await open();
    const log = [];
    const code = {
      valueOf() {
        log.push(lines(new Error('in').stack));
        Promise.resolve().then(() => log.push('microtask'));
        return 3000;
      },
    };
    setTimeout(ws.close.bind(ws, code, { toString: () => (log.push('reason'), 'x') }));
    const { code: got, reason } = await when(ws, 'close');
    return [log, got, reason];
  });
  probe('close: within a close', async () => {
    const [a, b] = [await open(), await open()];
    const log = [];
    a.close({
      valueOf() {
        log.push(lines(new Error('in').stack), b.close(3001), b.readyState);
        try {
          b.close(1);
        } catch (e) {
          log.push(e.name, e.message, lines(e.stack));
        }
        return 3000;
      },
    });
    log.push(a.readyState);
    return log;
  });
  probe('close: every way to call it', async () => {
    const log = [];
    const { close } = W.prototype;
    for (const call of [
      () => close(),
      () => close.call(null),
      () => close.call({}),
      () => Reflect.apply(close, new W(url()), [4000, 'bye', 'more']),
      () => new close(),
      () => Reflect.construct(Object, [], close),
      () => [1000].forEach(close, new W(url())),
      () => new Proxy(close, {}).call(new W(url())),
    ]) {
      try {
        log.push(String(call()));
      } catch (e) {
        log.push(e.constructor.name, e.message, lines(e.stack));
      }
    }
    return log;
  });
  probe('send: unhandled rejection', async () => {
    const log = [];
    const f = (e) => {
      log.push(e.reason.name, lines(e.reason.stack));
      e.preventDefault();
    };
    addEventListener('unhandledrejection', f);
    const ws = new W(url('/hold'));
    (async () => ws.send('x'))();
    await until(() => log.length > 0);
    removeEventListener('unhandledrejection', f);
    ws.close();
    return log;
  });
  probe('send: value at the time of the call', async () => {
    const ws = await open();
    ws.binaryType = 'arraybuffer';
    const b = new Uint8Array([1, 1]);
    ws.send(b);
    b.fill(9);
    const e = await when(ws, 'message');
    ws.close();
    return [...new Uint8Array(e.data)];
  });
  probe('send: views and their bounds', async () => {
    const ws = await open();
    ws.binaryType = 'arraybuffer';
    const b = new Uint8Array([1, 2, 3, 4]).buffer;
    const got = [];
    ws.onmessage = (e) => got.push([...new Uint8Array(e.data)].join());
    ws.send(new Uint8Array(b, 1, 2));
    ws.send(new DataView(b, 3));
    ws.send(b);
    ws.send(new Float64Array(1));
    ws.send(new ArrayBuffer(0));
    await until(() => got.length >= 5);
    ws.close();
    return got;
  });
  probe('send: detached and resizable buffers', async () => {
    const ws = await open();
    const b = new ArrayBuffer(4);
    structuredClone(b, { transfer: [b] });
    const out = [thrown(() => ws.send(b)), thrown(() => ws.send(new Uint8Array(b)))];
    if (ArrayBuffer.prototype.resize)
      out.push(thrown(() => ws.send(new ArrayBuffer(2, { maxByteLength: 4 }))));
    if (typeof SharedArrayBuffer === 'function')
      out.push(thrown(() => ws.send(new SharedArrayBuffer(2))));
    ws.close();
    return out;
  });
  probe('send: wire order of text, blobs and buffers', async () => {
    const ws = await open();
    const got = [];
    ws.binaryType = 'arraybuffer';
    ws.onmessage = (e) => got.push(typeof e.data === 'string' ? e.data : e.data.byteLength);
    ws.send('a');
    ws.send(new Blob(['bb']));
    ws.send('c');
    ws.send(new Uint8Array(3));
    ws.send(new Blob(['dddd']));
    ws.send('e');
    await until(() => got.length >= 6);
    ws.close();
    return got;
  });
  probe('send: bufferedAmount', async () => {
    const ws = await open();
    const a = [];
    ws.send('é');
    a.push(ws.bufferedAmount);
    ws.send(new Uint8Array(10));
    a.push(ws.bufferedAmount);
    ws.send(new Blob(['xyz']));
    a.push(ws.bufferedAmount);
    await until(() => ws.bufferedAmount === 0);
    a.push(ws.bufferedAmount);
    ws.close();
    ws.send('after');
    a.push(ws.bufferedAmount);
    return a;
  });
  probe('send: after close', async () => {
    const ws = await open();
    ws.close();
    await when(ws, 'close');
    const r = [ws.send('x'), ws.bufferedAmount, ws.send(new Uint8Array(7)), ws.bufferedAmount];
    return r.map(String);
  });
  probe('send: returns', async () => {
    const ws = await open();
    const r = [
      ws.send('x') === undefined,
      Reflect.apply(proto.send, ws, ['y']) === undefined,
      proto.send.call(ws, 'z') === undefined,
    ];
    ws.close();
    return r;
  });
  probe('send: in a deep stack', async () => {
    const ws = await open();
    let depth = 0;
    let name;
    const f = () => {
      depth++;
      try {
        f();
      } catch (e) {
        try {
          ws.send('deep');
        } catch (x) {
          name ??= x.name;
        }
        throw e;
      }
    };
    try {
      f();
    } catch (e) {
      name ??= e.name;
    }
    await tick(50);
    ws.close();
    return [name === 'RangeError' || name === 'InternalError', ws.readyState];
  });

  // ---- close
  for (const [label, args] of [
    ['1000', [1000]],
    ['3000 and a reason', [3000, 'r']],
    ['4999', [4999]],
    ['999', [999]],
    ['1001', [1001]],
    ['1008', [1008]],
    ['5000', [5000]],
    ['-1', [-1]],
    ['65536 + 1000', [66536]],
    ['NaN', [Number.NaN]],
    ['a string', ['1000']],
    ['undefined', [undefined]],
    ['null', [null]],
    ['a reason alone', [undefined, 'x']],
    ['a reason of 123 bytes', [1000, 'x'.repeat(123)]],
    ['a reason of 124 bytes', [1000, 'x'.repeat(124)]],
    ['a reason of 62 é', [1000, 'é'.repeat(62)]],
    ['a lone surrogate', [1000, '\udc00']],
    ['a fraction', [1000.9]],
    ['a null reason', [1000, null]],
    ['an object', [{ valueOf: () => 4000 }, { toString: () => 'obj' }]],
  ])
    probe(`close: ${label}`, async () => {
      const ws = await open();
      const done = when(ws, 'close');
      const r = thrown(() => ws.close(...args));
      const state = ws.readyState;
      if (r.name) ws.close();
      const e = await done;
      return [r, state, e.code, e.reason, e.wasClean];
    });
  probe('close: a symbol and a bigint', () => {
    const ws = new W(url());
    const r = [
      thrown(() => ws.close(Symbol())),
      thrown(() => ws.close(1000n)),
      thrown(() => ws.close(1000, Symbol())),
    ];
    ws.close();
    return r;
  });
  probe('close: stack of its error', () => {
    const ws = new W(url());
    try {
      ws.close(1001);
    } catch (e) {
      ws.close();
      return [lines(e.stack), e.filename ?? null, e.lineNumber ?? null, e.columnNumber ?? null];
    }
  });
  probe('close: an exception of valueOf passes', () => {
    const ws = new W(url());
    const mine = {};
    try {
      ws.close({
        valueOf() {
          throw mine;
        },
      });
    } catch (e) {
      ws.close();
      return e === mine;
    }
  });
  probe('close: conversion order', () => {
    const ws = new W(url());
    const log = [];
    ws.close(
      {
        valueOf() {
          log.push('code');
          return 1000;
        },
      },
      {
        toString() {
          log.push('reason');
          return '';
        },
      },
    );
    return log;
  });
  probe('close: while connecting', async () => {
    const ws = new W(url());
    const log = [];
    ws.onopen = () => log.push('open');
    ws.onerror = () => log.push('error');
    ws.close();
    log.push(ws.readyState);
    const e = await when(ws, 'close');
    return [log, e.code, e.wasClean, ws.readyState];
  });
  probe('close: twice', async () => {
    const ws = await open();
    ws.close(4001, 'a');
    ws.close(4002, 'b');
    const e = await when(ws, 'close');
    ws.close();
    return [e.code, e.reason];
  });
  probe('close: inside its own event', async () => {
    const ws = await open();
    const log = [];
    ws.onclose = () => {
      ws.close(4000);
      log.push(ws.readyState);
    };
    ws.close();
    await when(ws, 'close');
    return log;
  });

  // ---- Builtins that the page replaced
  probe('builtins: none that the page replaces is called', async () => {
    const calls = new Set();
    const undo = [];
    const watch = (owner, label) => {
      for (const key of Reflect.ownKeys(owner)) {
        const d = Object.getOwnPropertyDescriptor(owner, key);
        if (
          !d.configurable ||
          key === 'constructor' ||
          key === Symbol.toStringTag ||
          key === 'prototype'
        )
          continue;
        for (const part of ['value', 'get', 'set']) {
          const f = d[part];
          if (typeof f !== 'function' || (part === 'value' && /^[A-Z]/.test(String(key)))) continue;
          d[part] = new Proxy(f, {
            apply(t, s, a) {
              if (on) {
                on = false;
                calls.add(`${label}.${String(key)}`);
                on = true;
              }
              return Reflect_apply(t, s, a);
            },
          });
        }
        Object_defineProperty(owner, key, d);
        undo.push([owner, key, Object.getOwnPropertyDescriptor(owner, key)]);
      }
    };
    let on = false;
    const Reflect_apply = Reflect.apply;
    const Object_defineProperty = Object.defineProperty;
    const saved = [];
    const owners = {
      Array: Array.prototype,
      Map: Map.prototype,
      Set: Set.prototype,
      WeakMap: WeakMap.prototype,
      WeakSet: WeakSet.prototype,
      String: String.prototype,
      Number: Number.prototype,
      Promise: Promise.prototype,
      ReflectO: Reflect,
      ObjectO: Object,
      Object: Object.prototype,
      JSON,
      Math,
      Date,
      Error,
      Function: Function.prototype,
      Event: Event.prototype,
      CloseEvent: CloseEvent.prototype,
      CustomEvent: CustomEvent.prototype,
      Performance: Performance.prototype,
      ArrayBuffer: ArrayBuffer.prototype,
      ArrayBufferO: ArrayBuffer,
      Blob: Blob.prototype,
      WeakRef: WeakRef.prototype,
      RegExp: RegExp.prototype,
      Document: Document.prototype,
      Navigator: Navigator.prototype,
      Node: Node.prototype,
      Symbol: Symbol.prototype,
      ArrayO: Array,
      Iterator: Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())),
    };
    for (const o of Object.values(owners)) saved.push([o, Object.getOwnPropertyDescriptors(o)]);
    const ws = new WebSocket(url('/echo?builtins'));
    const wsSend = ws.send;
    const opened = new Promise((y) => (ws.onopen = y));
    await opened;
    const fresh = new WebSocket(url());
    const { log } = { log: [] };
    let e;
    const got = new Promise((y) => (ws.onmessage = y));
    let bad;
    ws.send('data');
    e = await got;
    for (const [l, o] of Object.entries(owners)) watch(o, l);
    on = true;
    fresh.onclose = null;
    fresh.close();
    ws.send('x');
    void e.data;
    try {
      ws.close(1001);
    } catch (x) {
      bad = x;
    }
    void ws.readyState;
    ws.close(4000, 'r');
    `${1}`;
    on = false;
    for (const [o, ds] of saved)
      for (const k of Reflect.ownKeys(ds))
        if (ds[k].configurable) Object_defineProperty(o, k, ds[k]);
    void bad;
    void wsSend;
    void log;
    return [...calls];
  });
  probe('builtins: setters on Array.prototype and Object.prototype', () => {
    let log = '';
    let on = false;
    const { defineProperty } = Object;
    const keys = [
      [Array.prototype, '0'],
      [Array.prototype, '1'],
      [Object.prototype, 'value'],
      [Object.prototype, 'get'],
      [Object.prototype, 'toJSON'],
      [Object.prototype, 'apply'],
      [Object.prototype, 'detail'],
      [Object.prototype, 'next'],
      [Object.prototype, 'then'],
      [Object.prototype, 'capture'],
      [Object.prototype, 'configurable'],
      [Object.prototype, 'relatedTarget'],
      [Object.prototype, 'closed'],
    ];
    for (const [o, k] of keys)
      defineProperty(o, k, {
        __proto__: null,
        configurable: true,
        get() {
          if (on) log += `get ${k};`;
          return undefined;
        },
        set(value) {
          if (on) log += `set ${k};`;
          defineProperty(this, k, {
            __proto__: null,
            value,
            writable: true,
            configurable: true,
            enumerable: true,
          });
        },
      });
    const ws = new W(url());
    on = true;
    ws.onclose = null;
    ws.binaryType = 'blob';
    ws.close(1000, 'x');
    try {
      ws.send('x');
    } catch {}
    on = false;
    for (const [o, k] of keys) delete o[k];
    return [log];
  });
  probe('builtins: a page without its builtins still works', async () => {
    const f = await iframe();
    const w = f.contentWindow;
    w.eval(
      `const all = [Array.prototype, Map.prototype, WeakMap.prototype, String.prototype, Promise.prototype].map((o) => [o, Reflect.ownKeys(o)]).flatMap(([o, ks]) => ks.map((k) => [o, k])); for (let i = 0; i < all.length; i++) { const o = all[i][0], k = all[i][1]; if (k !== 'constructor') try { delete o[k] } catch {} } JSON.stringify = null; Reflect = null; Date.now = null; performance.now = null; Object.defineProperty = null;`,
    );
    const ws = new w.WebSocket(url());
    await new Promise((y) => (ws.onopen = y));
    ws.send('still');
    const e = await new Promise((y) => (ws.onmessage = y));
    const d = e.data;
    ws.close(4001, 'x');
    const c = await new Promise((y) => (ws.onclose = y));
    return [d, c.code];
  });

  // ---- The window
  probe('window: a strict policy, and what it reports', async () => {
    const told = new Promise((yes) =>
      window.addEventListener('message', ({ data }) => data?.strict && yes(data.strict)),
    );
    const frame = await iframe({ src: '/strict' });
    const said = await told;
    frame.remove();
    return said;
  });
  probe('window: own keys', () =>
    Reflect.ownKeys(window)
      .map(String)
      .filter((k) => !/^\d+$/.test(k))
      .sort(),
  );
  probe('window: symbols', () => [
    Object.getOwnPropertySymbols(window).map(String),
    Object.getOwnPropertySymbols(document).map(String),
    Object.getOwnPropertySymbols(proto).map(String),
    Object.getOwnPropertySymbols(EventTarget.prototype).map(String),
  ]);
  /* Sockets whose document is gone, and calls without room. */
  const openIn = async (w) => {
    const ws = new w.WebSocket(url());
    await new Promise((yes) => (ws.onopen = yes));
    return ws;
  };
  const closing = (ws, ...args) => [thrown(() => ws.close(...args)), ws.readyState];
  for (const [name, leave] of [
    ['removed', (f) => f.remove()],
    [
      'gone on',
      async (f) => {
        const loaded = when(f, 'load');
        f.src = '/strict';
        await loaded;
      },
    ],
  ]) {
    probe(`close: of a frame that was ${name}`, async () => {
      const f = await iframe({ src: '/empty' });
      const [a, b, c, method] = [
        await openIn(f.contentWindow),
        await openIn(f.contentWindow),
        await openIn(f.contentWindow),
        f.contentWindow.WebSocket.prototype.close,
      ];
      const d = await open();
      await leave(f);
      const said = [
        closing(a),
        closing(b, 4000, 'bye'),
        closing(c, 5),
        closing(a),
        thrown(() => method.call(d, 4001)),
        d.readyState,
      ];
      f.remove();
      return said;
    });
  }
  probe('close: after a call that ran out of stack', async () => {
    const said = [];
    for (let pad = 0; pad < 12; pad++) {
      const [a, b] = [await open(), await open()];
      const names = Array.from({ length: pad }, (_, i) => `p${i}`);
      // The deepest first, where there is no room, then with ever more of it.
      const dive = new Function(
        'a',
        `let left = 80; return function f(${names}) { try { f(); } catch { if (left-- > 0) try { a.close(4000); } catch {} throw 0; } }`,
      )(a);
      try {
        dive();
      } catch {}
      const ended = when(b, 'close');
      b.close(4001);
      said.push([b.readyState, (await ended).code]);
    }
    return said;
  });
  probe('close: twice in a task, the first in vain', async () => {
    const ws = await open();
    const said = [thrown(() => ws.close(1001)), thrown(() => ws.close(4002, 'then'))];
    const { code, reason } = await when(ws, 'close');
    return [said, code, reason];
  });

  /* Streams of a page that has no WebSocketStream. Asked before the first is made. */
  probe('streams alone: stacks of what they refuse', async () => {
    if (!('WebSocketStream' in window)) return [];
    const stacks = [];
    const reader = new ReadableStream().getReader();
    reader.releaseLock();
    await reader.read().catch((e) => stacks.push(lines(e.stack)));
    const writer = new WritableStream().getWriter();
    writer.releaseLock();
    await writer.write(1).catch((e) => stacks.push(lines(e.stack)));
    const locked = new ReadableStream();
    locked.getReader();
    try {
      locked.getReader({});
    } catch (e) {
      stacks.push(lines(e.stack));
    }
    let inside;
    const pulled = new ReadableStream(
      {
        pull() {
          inside = lines(new Error().stack);
        },
      },
      { highWaterMark: 0 },
    );
    await tick();
    void pulled.getReader().read();
    await tick();
    return [stacks, inside];
  });

  /* What the page put on all objects is not read by us. */
  probe('pollution: no getter of Object.prototype is asked', async () => {
    const asked = [];
    const keys = ['bubbles', 'cancelable', 'composed', 'detail', 'name', 'message', 'apply', 'get'];
    const ws = await open();
    for (const key of keys) {
      Object.defineProperty(Object.prototype, key, {
        configurable: true,
        get() {
          asked.push(key);
        },
        set(value) {
          Object.defineProperty(this, key, { value, writable: true, configurable: true });
        },
      });
    }
    try {
      const other = new WebSocket(url());
      other.onopen = null;
      ws.send('x');
      ws.close();
      void other.readyState;
      other.close();
    } finally {
      for (const key of keys) delete Object.prototype[key];
    }
    await tick(50);
    return asked;
  });

  probe('pollution: no short name of a compressor is asked of all objects', async () => {
    const asked = [];
    const keys = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_'];
    const ws = await open();
    const binary = new Uint8Array(3);
    const error = new DOMException('of mine', 'SyntaxError');
    const ignored = () => {};
    let on = '';
    for (const key of keys) {
      Object.defineProperty(Object.prototype, key, {
        configurable: true,
        get() {
          if (on !== '') asked[asked.length] = `${on}: ${key}`;
        },
        set(value) {
          if (on !== '') asked[asked.length] = `${on}: set ${key}`;
          Object.defineProperty(this, key, { value, writable: true, configurable: true });
        },
      });
    }
    for (const [name, run] of [
      ['send', () => ws.send('x')],
      ['send of binary', () => ws.send(binary)],
      ['send of a symbol', () => ws.send(Symbol('s'))],
      ['addEventListener', () => ws.addEventListener('message', ignored)],
      ['addEventListener of the window', () => addEventListener('x', ignored)],
      ['onmessage', () => (ws.onmessage = null)],
      ['readyState', () => ws.readyState],
      ['place', () => [error.stack, error.filename, error.lineNumber]],
      ['text', () => Function.prototype.toString.call(proto.send)],
      ['close in vain', () => ws.close(1)],
      ['close', () => ws.close(3000, 'x')],
    ]) {
      on = name;
      try {
        run();
      } catch {}
      on = '';
    }
    for (const key of keys) delete Object.prototype[key];
    await tick();
    return asked;
  });
  probe('builtins: names and lengths that the page changes are asked of none', async () => {
    const asked = [];
    const undo = [];
    for (const [name, f] of Object.entries({
      apply: Reflect.apply,
      call: Function.prototype.call,
      bind: Function.prototype.bind,
      forEach: Array.prototype.forEach,
      forEachParam: URLSearchParams.prototype.forEach,
      queueMicrotask,
      Proxy,
      send: proto.send,
      close: proto.close,
      add: EventTarget.prototype.addEventListener,
    }))
      for (const key of ['name', 'length']) {
        const native = Object.getOwnPropertyDescriptor(f, key);
        undo.push(() => Object.defineProperty(f, key, native));
        Object.defineProperty(f, key, {
          configurable: true,
          get() {
            asked.push(`${name}.${key}`);
            throw new RangeError('asked');
          },
        });
      }
    const said = [];
    const ws = new W(url());
    for (const run of [
      () => ws.addEventListener('open', said.slice),
      () => addEventListener('another', said.slice),
      () => ws.send('x'),
      () => (ws.onopen = null),
      () => ws.readyState,
      () => ws.close(1),
      () => ws.close(),
    ])
      said.push(thrown(run));
    for (const back of undo) back();
    return [asked, said];
  });

  /* Errors that the browser makes of arguments that are objects. */
  const bare = Object.create(null);
  const setterOf = (key) => Object.getOwnPropertyDescriptor(proto, key).set;
  for (const [name, run] of [
    ['addEventListener: bad signal', (t) => t.addEventListener('x', () => {}, { signal: {} })],
    ['addEventListener: bad type', (t) => t.addEventListener(Symbol('x'), () => {})],
    ['addEventListener: one argument', (t) => t.addEventListener({})],
    [
      'addEventListener: bad receiver',
      () => EventTarget.prototype.addEventListener.call({}, 'x', {}),
    ],
    ['send: a symbol from toString', (t) => t.send({ toString: () => Symbol('x') })],
    ['send: bad receiver', () => proto.send.call({}, {})],
    ['close: a symbol from valueOf', (t) => t.close({ valueOf: () => Symbol('x') })],
    ['onopen: bad receiver', () => setterOf('onopen').call({}, () => {})],
  ]) {
    probe(`error of objects: ${name}`, async () => {
      const ws = await open();
      try {
        run(ws);
      } catch (e) {
        return [describe(e), lines(e.stack), e.fileName, e.lineNumber, e.columnNumber];
      } finally {
        ws.close();
      }
    });
  }
  probe('error of objects: the page’s own stays its own', async () => {
    const ws = await open();
    const asked = [];
    const mine = new TypeError('mine');
    Object.defineProperty(mine, 'stack', { get: () => asked.push('stack') });
    const heard = (name) => (_, key) => {
      asked.push(`${name} ${String(key)}`);
      return name === 'getPrototypeOf' ? null : undefined;
    };
    const traps = ['get', 'has', 'getOwnPropertyDescriptor', 'getPrototypeOf'];
    const trap = new Proxy({}, Object.fromEntries(traps.map((name) => [name, heard(name)])));
    const said = [mine, trap, null, 5, bare].map((error) => {
      try {
        ws.send({
          toString() {
            throw error;
          },
        });
      } catch (e) {
        return e === error;
      }
    });
    ws.close();
    return [said, asked];
  });

  /* A frame that its maker changed before anything of ours can run in it. */
  for (const [name, spoil] of [
    ['Reflect is gone', (w) => delete w.Reflect],
    ['Proxy is gone', (w) => delete w.Proxy],
    ['prototypes are frozen', (w) => Object.freeze(w.WebSocket.prototype)],
    ['send is gone', (w) => delete w.WebSocket.prototype.send],
    ['WebSocket is gone', (w) => delete w.WebSocket],
  ]) {
    probe(`spoiled frame: ${name}`, async () => {
      const heard = [];
      for (const attributes of [{}, { srcdoc: '<p>x' }, { src: '/empty' }]) {
        const frame = document.createElement('iframe');
        Object.assign(frame, attributes);
        const loaded = when(frame, 'load');
        document.body.append(frame);
        const w = frame.contentWindow;
        w.addEventListener('error', (e) => heard.push(e.message));
        spoil(w);
        await loaded;
        await tick(30);
        frame.contentWindow.addEventListener('error', (e) => heard.push(e.message));
        await tick(30);
        frame.remove();
      }
      return heard;
    });
  }

  probe('window: a fresh iframe has the same', async () => {
    const f = await iframe();
    return [
      Reflect.ownKeys(f.contentWindow).length,
      f.contentWindow.WebSocket.name,
      Reflect.ownKeys(f.contentWindow.WebSocket.prototype).map(String),
    ];
  });
  probe('window: document and elements', () => [
    document.documentElement.outerHTML.length,
    document.querySelectorAll('script').length,
    Object.keys(document.documentElement.dataset),
    document.documentElement.attributes.length,
    [...document.childNodes].map((n) => n.nodeName),
  ]);
  probe('window: timers are not used up', async () => {
    const a = setTimeout(() => {});
    const ws = await open();
    ws.send('x');
    await when(ws, 'message');
    const b = setTimeout(() => {});
    ws.close();
    return b - a;
  });
  probe('window: no message reaches the page', async () => {
    const log = [];
    const f = (e) => log.push(e.type);
    for (const t of [
      'message',
      'messageerror',
      'wsci',
      'load',
      'kin',
      'join',
      'tell',
      'ask',
      'answer',
    ])
      addEventListener(t, f, true);
    const ws = await open();
    ws.send('x');
    await when(ws, 'message');
    ws.close();
    await tick(50);
    for (const t of [
      'message',
      'messageerror',
      'wsci',
      'load',
      'kin',
      'join',
      'tell',
      'ask',
      'answer',
    ])
      removeEventListener(t, f, true);
    return log;
  });
  probe('window: new iframes tell nothing to a listening parent', async () => {
    const log = [];
    const f = await iframe({ src: '/empty' });
    const types = ['wsci', 'load', 'kin', 'join', 'tell', 'ask', 'answer'];
    const again = document.createElement('iframe');
    document.body.append(again);
    for (const t of types) again.contentWindow.addEventListener(t, (e) => log.push(e.type), true);
    again.src = '/empty';
    await when(again, 'load');
    return [log, f.contentWindow !== null];
  });
  probe('window: performance entries', () =>
    performance
      .getEntriesByType('resource')
      .map((e) => e.name.replace(/:\d+/, ''))
      .filter((n) => n.includes('extension')),
  );
  probe('window: document.open and WebSocket after it', async () => {
    const f = await iframe();
    f.contentDocument.open();
    f.contentDocument.write('<p>n');
    f.contentDocument.close();
    const ws = new f.contentWindow.WebSocket(url());
    await when(ws, 'open');
    ws.close();
    return [(await when(ws, 'close')).code];
  });
  probe('window: addEventListener elsewhere', () => {
    const log = [];
    const t = new EventTarget();
    t.addEventListener('open', (e) => log.push(e.type));
    t.dispatchEvent(new Event('open'));
    addEventListener.call(undefined, 'close', () => log.push('window'));
    dispatchEvent(new Event('close'));
    return [
      log,
      thrown(() => EventTarget.prototype.addEventListener.call({}, 'message', () => {})),
      thrown(() => addEventListener('x')),
    ];
  });
  probe('window: addEventListener options are read as before', () => {
    const log = [];
    const o = new Proxy(
      {},
      {
        get(_, k) {
          log.push(String(k));
          return undefined;
        },
      },
    );
    const type = {
      toString() {
        log.push('type');
        return 'message';
      },
    };
    new EventTarget().addEventListener(type, () => {}, o);
    return log;
  });
  probe('window: stack of an addEventListener error', () => {
    try {
      addEventListener('message', 5);
    } catch (e) {
      return [lines(e.stack), thrown(() => addEventListener('message', 5))];
    }
  });
  probe('window: hundred frames come and go', async () => {
    for (let i = 0; i < 100; i++) {
      const f = document.createElement('iframe');
      document.body.append(f);
      if (i % 10 === 0) new f.contentWindow.WebSocket(url()).onopen = () => {};
      f.remove();
    }
    return document.querySelectorAll('iframe').length >= 0;
  });
  probe('window: EventSource and worker messages', async () => {
    const w = new Worker(
      URL.createObjectURL(
        new Blob([
          'onmessage = (e) => postMessage([e.data, typeof WebSocket, Function.prototype.toString.call(WebSocket.prototype.send)])',
        ]),
      ),
    );
    w.postMessage(1);
    const e = await when(w, 'message');
    w.terminate();
    return e.data;
  });

  // ---- WebSocketStream
  if (typeof WebSocketStream === 'function') {
    const S = WebSocketStream;
    probe('stream: looks', () => [
      S.name,
      S.length,
      String(S),
      Reflect.ownKeys(S).map(String),
      Reflect.ownKeys(S.prototype).map(String),
      ...['url', 'opened', 'closed', 'close'].map((k) => descriptor(S.prototype, k)),
    ]);
    probe('stream: brand', () => [
      thrown(() => S.prototype.url),
      thrown(() => S.prototype.close.call({})),
      thrown(() => S()),
      thrown(() => new S()),
      thrown(() => new S('x y')),
    ]);
    probe('stream: brand of promises', async () => {
      const out = [];
      for (const k of ['opened', 'closed'])
        out.push(
          await Object.getOwnPropertyDescriptor(S.prototype, k)
            .get.call({})
            .then?.(String, describe),
        );
      return out;
    });
    probe('stream: promises are stable and plain', async () => {
      const s = new S(url());
      const a = s.opened;
      const out = [
        a === s.opened,
        s.closed === s.closed,
        Reflect.ownKeys(a).map(String),
        Object.getPrototypeOf(a) === Promise.prototype,
        a.constructor === Promise,
      ];
      await a;
      s.close();
      await s.closed;
      return out;
    });
    probe('stream: opened', async () => {
      const s = new S(url(), { protocols: ['p'] });
      const o = await s.opened;
      const out = [
        Reflect.ownKeys(o).map(String),
        JSON.stringify(o),
        o.protocol,
        o.extensions,
        String(o.readable),
        String(o.writable),
        o.readable.locked,
        Reflect.ownKeys(o.readable).map(String),
      ];
      s.close();
      return out;
    });
    probe('stream: messages', async () => {
      const s = new S(url());
      const { readable, writable } = await s.opened;
      const w = writable.getWriter();
      const r = readable.getReader();
      await w.write('one');
      const a = await r.read();
      await w.write(new Uint8Array([1, 2]));
      const b = await r.read();
      s.close({ closeCode: 4002, reason: 'fin' });
      const c = await s.closed;
      return [
        a,
        b.value instanceof Uint8Array,
        b.value.byteLength,
        JSON.stringify(c),
        Reflect.ownKeys(a).map(String),
      ];
    });
    probe('stream: closed by the server', async () => {
      const s = new S(url('/close?code=4001&reason=because'));
      await s.opened;
      return JSON.stringify(await s.closed);
    });
    probe('stream: refused', async () => {
      const s = new S(url('/refuse'));
      const a = await s.opened.then(String, describe);
      const b = await s.closed.then(String, describe);
      return [a, b];
    });
    /* Handshakes of a host wait for each other: the stream's is over by then. */
    const afterAnother = async () => {
      await when(new W(url('/refuse')), 'close');
      await tick(100);
    };
    probe('stream: rejections of promises that the page dropped', async () => {
      const log = [];
      const f = (e) => {
        log.push(String(e.reason));
        e.preventDefault();
      };
      addEventListener('unhandledrejection', f);
      const s = new S(url('/refuse'));
      void s.opened;
      void s.closed;
      await afterAnother();
      removeEventListener('unhandledrejection', f);
      return log;
    });
    probe('stream: rejections of promises never asked for', async () => {
      const log = [];
      const f = (e) => {
        log.push(String(e.reason));
        e.preventDefault();
      };
      addEventListener('unhandledrejection', f);
      const s = new S(url('/refuse'));
      void s.url;
      try {
        s.close({ closeCode: 1001 });
      } catch {}
      await afterAnother();
      removeEventListener('unhandledrejection', f);
      return log;
    });
    probe('stream: rejections of promises in use', async () => {
      const log = [];
      const f = (e) => {
        log.push(String(e.reason));
        e.preventDefault();
      };
      addEventListener('unhandledrejection', f);
      const s = new S(url('/cut'));
      const { readable } = await s.opened;
      const r = readable.getReader();
      s.closed.then(() => {});
      try {
        await r.read();
      } catch (e) {
        log.push('read', String(e));
      }
      await afterAnother();
      removeEventListener('unhandledrejection', f);
      return log;
    });
    probe('stream: abort by signal', async () => {
      const c = new AbortController();
      const s = new S(url(), { signal: c.signal });
      c.abort();
      return [await s.opened.then(String, describe), await s.closed.then(String, describe)];
    });
    probe('stream: the prototype is looked over', async () => {
      const said = [];
      for (const key of Reflect.ownKeys(S.prototype)) {
        let value;
        try {
          value = S.prototype[key];
          if (typeof value === 'function') value = value.call(S.prototype);
        } catch (e) {
          said.push([String(key), describe(e)]);
          continue;
        }
        said.push([
          String(key),
          value instanceof Promise ? await value.catch(describe) : String(value),
        ]);
      }
      return said.filter(([key]) => key !== 'constructor');
    });
    probe('stream: a bad close', async () => {
      const s = new S(url());
      await s.opened;
      const r = [
        thrown(() => s.close({ closeCode: 1001 })),
        thrown(() => s.close({ reason: 'x'.repeat(200) })),
        thrown(() => s.close(5)),
      ];
      return r;
    });
    probe('stream: stack of a bad close', async () => {
      const s = new S(url());
      try {
        s.close({ closeCode: 1001 });
      } catch (e) {
        return lines(e.stack);
      }
    });
    probe('stream: Promise species is not asked', async () => {
      const log = [];
      const d = Object.getOwnPropertyDescriptor(Promise, Symbol.species);
      Object.defineProperty(Promise, Symbol.species, {
        configurable: true,
        get() {
          log.push('species');
          return this;
        },
      });
      const then = Promise.prototype.then;
      Promise.prototype.then = function () {
        log.push('then');
        return then.apply(this, arguments);
      };
      const s = new S(url());
      void s.opened;
      void s.closed;
      s.close();
      Promise.prototype.then = then;
      Object.defineProperty(Promise, Symbol.species, d);
      return log;
    });
    probe('stream: streams elsewhere', async () => {
      const r = new ReadableStream({
        start(c) {
          c.enqueue('a');
          c.close();
        },
      });
      const reader = r.getReader();
      return [
        await reader.read(),
        await reader.read(),
        ...['getReader', 'pipeTo'].map((k) => descriptor(ReadableStream.prototype, k)),
        descriptor(ReadableStreamDefaultReader.prototype, 'read'),
        descriptor(WritableStreamDefaultWriter.prototype, 'write'),
        descriptor(WritableStream.prototype, 'getWriter'),
      ];
    });
  }
})();
