/** What the page's own script tag says. */
export interface Snippet {
  key: string;
  origin: string;
  locale: string | undefined;
  theme: string | undefined;
  /** Whether unread answers are counted in the title of the page. */
  countsInTitle: boolean;
}

export function readSnippet(): Snippet | null {
  // A bundler or a tag manager may run us without a current script.
  const current = document.currentScript as HTMLScriptElement | null;
  const script = current?.dataset.key ? current : document.querySelector<HTMLScriptElement>('script[data-key][src*="widget.js"]');
  const { key, locale, theme, titleCount } = script?.dataset ?? {};
  return script && key ? { key, origin: new URL(script.src, location.href).origin, locale, theme, countsInTitle: titleCount !== undefined } : null;
}
