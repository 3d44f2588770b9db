// biome-ignore-all lint: runs in the page, as a page's own code would
/* The workloads of the recorder's benchmark. Each returns milliseconds for `n` messages or sockets. */
(() => {
  const url = (path) => `ws://${location.host}${path}`;
  const socket = (path = '/bench') =>
    new Promise((yes, no) => {
      const ws = new WebSocket(url(path));
      ws.binaryType = 'arraybuffer';
      ws.onopen = () => yes(ws);
      ws.onerror = no;
    });
  const closed = (ws) =>
    new Promise((yes) => {
      ws.onclose = yes;
      ws.close();
    });
  const now = () => performance.now();
  /** Of the slices of a loop, one that other work on the machine hardly touched: the lower quartile. */
  const quarter = (slices) => slices.sort((a, b) => a - b)[slices.length >> 2];
  const workloads = {
    async receive(n) {
      const ws = await socket();
      let got = 0;
      let bytes = 0;
      const t0 = now();
      await new Promise((yes) => {
        ws.onmessage = (e) => {
          bytes += e.data.length;
          if (++got === n) yes();
        };
        ws.send(`flood ${n}`);
      });
      const t = now() - t0;
      await closed(ws);
      return t;
    },
    async send(n) {
      const ws = await socket();
      const text = 'x'.repeat(64);
      const t0 = now();
      await new Promise((yes) => {
        ws.onmessage = (e) => {
          if (e.data === 'all') yes();
        };
        ws.send(`count ${n}`);
        for (let i = 0; i < n; i++) ws.send(text);
      });
      const t = now() - t0;
      await closed(ws);
      return t;
    },
    async echo(n) {
      const ws = await socket();
      const text = 'x'.repeat(64);
      let got = 0;
      let sent = 0;
      const t0 = now();
      await new Promise((yes) => {
        ws.onmessage = (e) => {
          if (e.data.length !== 64) throw new Error('?');
          if (++got === n) yes();
          else if (sent < n) {
            sent++;
            ws.send(text);
          }
        };
        for (; sent < 200; sent++) ws.send(text);
      });
      const t = now() - t0;
      await closed(ws);
      return t;
    },
    async blob(n) {
      const ws = await socket();
      ws.binaryType = 'blob';
      let got = 0;
      let bytes = 0;
      const t0 = now();
      await new Promise((yes) => {
        ws.onmessage = (e) => {
          bytes += e.data.size;
          if (++got === n) yes();
        };
        ws.send(`binary ${n} 1048576`);
      });
      const t = now() - t0;
      await closed(ws);
      return t;
    },
    async buffer(n) {
      const ws = await socket();
      let got = 0;
      let bytes = 0;
      const t0 = now();
      await new Promise((yes) => {
        ws.onmessage = (e) => {
          bytes += e.data.byteLength;
          if (++got === n) yes();
        };
        ws.send(`binary ${n} 1048576`);
      });
      const t = now() - t0;
      await closed(ws);
      return t;
    },
    async huge(n) {
      const ws = await socket();
      const data = new Uint8Array(8 << 20);
      const t0 = now();
      for (let i = 0; i < n; i++)
        await new Promise((yes) => {
          ws.onmessage = (e) => {
            if (e.data.byteLength) yes();
          };
          ws.send(data);
        });
      const t = now() - t0;
      await closed(ws);
      return t;
    },
    async sockets(n) {
      const t0 = now();
      const lane = async () => {
        for (let i = 0; i < n / 20; i++)
          await new Promise((yes) => {
            const ws = new WebSocket(url('/bench'));
            ws.onopen = () => ws.close();
            ws.onclose = yes;
          });
      };
      await Promise.all(Array.from({ length: 20 }, lane));
      return now() - t0;
    },
    async frames(n) {
      const t0 = now();
      for (let i = 0; i < n; i++) {
        const f = document.createElement('iframe');
        document.body.append(f);
      }
      const t = now() - t0;
      for (const f of document.querySelectorAll('iframe')) f.remove();
      return t;
    },
    /** The read alone, in a tight loop: what the noise of a network hides. */
    async read(n) {
      const ws = await socket();
      const all = [];
      await new Promise((yes) => {
        ws.onmessage = (e) => {
          all.push(e);
          if (all.length === n) yes();
        };
        ws.send(`flood ${n}`);
      });
      let bytes = 0;
      const slices = [];
      for (let i = 0; i < n; ) {
        const end = Math.min(n, i + 250);
        const from = i;
        const t0 = now();
        for (; i < end; i++) bytes += all[i].data.length;
        slices.push((now() - t0) / (end - from));
      }
      await closed(ws);
      return quarter(slices) * n;
    },
    async write(n) {
      const ws = await socket();
      const text = 'x'.repeat(64);
      ws.send(`count ${n}`);
      const done = new Promise((yes) => {
        ws.onmessage = (e) => {
          if (e.data === 'all') yes();
        };
      });
      const slices = [];
      for (let i = 0; i < n; ) {
        const end = Math.min(n, i + 100);
        const from = i;
        const t0 = now();
        for (; i < end; i++) ws.send(text);
        slices.push((now() - t0) / (end - from));
        await new Promise((yes) => setTimeout(yes, 1));
      }
      await done;
      await closed(ws);
      return quarter(slices) * n;
    },
  };
  /** What the relay does at the handover in Firefox, where the recorder needs it: makes functions. */
  const lendTo = (document) =>
    document.addEventListener('load', ({ relatedTarget, detail }) =>
      (relatedTarget ?? detail)?.dispatchEvent(
        new CustomEvent('lend', {
          detail: (_run, box, name) => {
            box[name] = { [name]() {} }[name];
          },
        }),
      ),
    );
  /** The recorder's own script alone, in fresh frames, ten to a turn of the clock; a sentence. */
  window.runScript = (code, n) => {
    const each = [];
    for (let turn = 0; turn < n / 10; turn++) {
      const frames = Array.from({ length: 10 }, () => {
        const frame = document.createElement('iframe');
        document.body.append(frame);
        frame.contentWindow.eval('0');
        lendTo(frame.contentDocument);
        return frame;
      });
      const t0 = now();
      for (const frame of frames) frame.contentWindow.eval(code);
      each.push((now() - t0) / 10);
      for (const frame of frames) frame.remove();
    }
    each.sort((a, b) => a - b);
    return `The recorder's script alone, run in ${n} fresh frames, takes ${each[each.length >> 1].toFixed(2)} ms a frame (median; ${each[Math.floor(each.length / 10)].toFixed(2)} in the fastest tenth).`;
  };
  window.runWorkload = (name, n) => workloads[name](n);
})();
