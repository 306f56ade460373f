import { palette, type Theme } from '../look/colour';
import base from '../look/base.css?inline';
import { readersSize, sheet } from '../look/sheet';
import tokens from '../look/tokens.css?inline';
import type { Config } from '../wire';
import { direction, type Locale } from '../words/locale';
import type { Snippet } from './snippet';
import { element } from './element';

export interface Frame {
  root: HTMLElement;
  adopt(css: string): void;
  remove(): void;
}

/** From right to left where the language is written so, or where the page is. */
function directionOf(locale: string): 'ltr' | 'rtl' {
  return getComputedStyle(document.documentElement).direction === 'rtl' ? 'rtl' : direction(locale);
}

/** The shadow root in which everything of the widget lives: nothing of the page comes in, nothing goes out. */
export function makeFrame({ brand_color: brand, position }: Config, locale: Locale, snippet: Snippet): Frame {
  const { theme: wishedTheme } = snippet;
  const host = element('helpline-chat' as 'div', {});
  const shadow = host.attachShadow({ mode: 'open' });
  const root = element('div', { class: 'root', lang: locale, dir: directionOf(snippet.locale ?? locale), 'data-side': position });
  shadow.append(root);
  document.body.append(host);

  const size = readersSize(root);
  const brandSheet = new CSSStyleSheet();
  const sheets = [sheet(tokens, size), sheet(base, size), brandSheet];
  shadow.adoptedStyleSheets = sheets;

  const system = matchMedia('(prefers-color-scheme: dark)');
  const paint = (): void => {
    const fixed = wishedTheme === 'light' || wishedTheme === 'dark' ? wishedTheme : null;
    const theme: Theme = fixed ?? (system.matches ? 'dark' : 'light');
    root.dataset.theme = theme;
    const values = Object.entries(palette(brand, theme));
    brandSheet.replaceSync(`.root{color-scheme:${theme};${values.map(([name, value]) => `${name}:${value}`).join(';')}}`);
  };
  paint();
  system.addEventListener('change', paint);

  // Typing into the chat must not set off the page's own shortcuts, which see only our host element as the target.
  for (const name of ['keydown', 'keyup', 'keypress']) {
    root.addEventListener(name, (event) => {
      event.stopPropagation();
    });
  }

  // Some sites exchange the whole body when the visitor goes on to another page.
  const guard = new MutationObserver(() => {
    if (!host.isConnected) document.body.append(host);
  });
  guard.observe(document.documentElement, { childList: true });

  return {
    root,
    adopt(css) {
      sheets.push(sheet(css, size));
      shadow.adoptedStyleSheets = sheets;
    },
    remove() {
      guard.disconnect();
      system.removeEventListener('change', paint);
      host.remove();
    },
  };
}
