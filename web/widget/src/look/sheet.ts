/**
 * Styles reach the shadow root only as constructed sheets: a host's policy without 'unsafe-inline' refuses everything
 * else. `rem` is written out, because it would follow the root of the host's page, which is often not the reader's size.
 */
export function sheet(css: string, base: number): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css.replace(/(?<![\w.])(\d*\.?\d+)rem\b/g, (_, size: string) => `${String(Number(size) * base)}px`));
  return made;
}

/** The reader's own font size in pixels, whatever the page has made of it. */
export function readersSize(probe: HTMLElement): number {
  probe.style.fontSize = 'medium';
  const size = parseFloat(getComputedStyle(probe).fontSize);
  probe.removeAttribute('style');
  return size || 16;
}
