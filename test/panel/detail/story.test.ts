import { marked } from 'marked';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../src/model/events.ts';
import { storyOf } from '../../../src/panel/detail/story.ts';
import { words } from '../../../src/panel/words.ts';
import { shippedWords } from '../codes/words.ts';
import { sessionOf } from '../support/session-of.ts';

beforeAll(() => {
  words.value = shippedWords('en');
});

const url = 'wss://other.example.test/feed?token=s3cr3tvalue9x';
const refused: SessionEvent[] = [
  { t: 0, type: 'opening', socket: 's1', url },
  {
    t: 20,
    type: 'handshake',
    socket: 's1',
    status: 0,
    error: `WebSocket connection to '${url}' failed: Error in connection establishment`,
  },
  { t: 21, type: 'error', socket: 's1' },
  { t: 21, type: 'close', socket: 's1', code: 1006, reason: '', wasClean: false },
];
const told: SessionEvent[] = [
  { t: 0, type: 'opening', socket: 's1', url },
  { t: 20, type: 'open', socket: 's1', protocol: '', extensions: '' },
  {
    t: 900,
    type: 'close',
    socket: 's1',
    code: 1008,
    reason: 'www.evil.test <img src=x> @octocat #12 [l](http://e.test) s3cr3tvalue9x',
    wasClean: true,
  },
];

function story(events: SessionEvent[], markdown: boolean): string {
  const view = sessionOf(events).view.value;
  return storyOf(view.sockets.get('s1')!, view, events, markdown);
}

describe('a socket’s story to be pasted', () => {
  it.each([
    ['text', false],
    ['Markdown', true],
  ])('as %s holds no secret, wherever a sentence quotes one', (_, markdown) => {
    for (const events of [refused, told]) {
      const text = story(events, markdown);
      expect(text).not.toContain('s3cr3t');
      expect(text).toContain('other.example.test');
    }
    expect(story(refused, markdown)).toContain('Error in connection establishment');
  });

  it('becomes no link, picture, tag or mention in Markdown', () => {
    const text = story(told, true);
    const html = marked.parse(text, { async: false, gfm: true });
    expect(html).not.toMatch(/<a |<img/);
    expect(text).not.toMatch(/@octocat|#12/);
  });
});
