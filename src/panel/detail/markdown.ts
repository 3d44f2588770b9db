/** Text as text in Markdown: nothing of it can become a link, an image, HTML or a mention. */
export function markdownText(text: string): string {
  return (
    text
      // Line breaks would start new blocks; direction marks would reorder what is read.
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
      .replace(/[\\`*_{}[\]()#+!|<>~&]/g, '\\$&')
      .replace(/@/g, '@\u200b')
      .replace(/(https?|wss?):\/\//gi, '$1:\u200b//')
  );
}
