/** Copies text. DevTools frames are often denied the clipboard API: the old command still works there. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.cssText = 'position:fixed;opacity:0';
    document.body.append(area);
    const focused = document.activeElement as HTMLElement | null;
    area.select();
    try {
      return document.execCommand('copy');
    } finally {
      area.remove();
      focused?.focus();
    }
  }
}
