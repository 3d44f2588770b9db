import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (locale: string): [string, string][] =>
  Object.entries(
    JSON.parse(
      readFileSync(join(root, 'public/_locales', locale, 'messages.json'), 'utf8'),
    ) as Record<string, { message: string }>,
  ).map(([id, { message }]) => [id, message]);

/** Words that `docs/glossary.md` replaces by others. */
const AVOIDED: Readonly<Record<string, readonly [RegExp, string][]>> = {
  en: [
    [/\bstatus code\b|\bclose status\b/i, 'close code (or HTTP status)'],
    [/\bconn ?id\b/i, 'socket'],
    [/[’‘]/, "the straight apostrophe '"],
  ],
  vi: [
    [/tin nhắn/i, 'thông điệp'],
    [/máy khách/i, 'client'],
    [/mã trạng thái/i, 'mã đóng (hoặc mã HTTP)'],
    [/tái kết nối/i, 'kết nối lại'],
    [/(?<!\()close frame/i, 'khung đóng'],
    [/(?<!\$)endpoint/i, 'điểm cuối'],
    [/subprotocol/i, 'giao thức con'],
    [/ngăn xếp gọi(?! hàm)/i, 'ngăn xếp lời gọi'],
    [/lùi dần/i, 'độ trễ tăng dần'],
    [/[’‘]/, "the straight apostrophe '"],
    // The mark stands on the first vowel: xóa, khóa, hủy, tùy.
    [/o[áàảãạ](?!\p{L})|(?<!q)u[ýỳỷỹỵ](?!\p{L})|o[éèẻẽẹ](?!\p{L})/iu, 'óa, úy, óe'],
  ],
};

describe.each(Object.entries(AVOIDED))('the texts in %s', (locale, avoided) => {
  const texts = read(locale);

  it.each(avoided)('do not match %s, but say: %s', (pattern) => {
    expect(texts.filter(([, text]) => pattern.test(text))).toEqual([]);
  });
});
