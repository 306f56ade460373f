import { Widget } from '../loader/widget';
import type { Config } from '../wire';

/** What the settings of the desk send to see how a channel would look. */
interface Shown {
  helpline: 'preview';
  config: Config;
  locale: string;
  theme: 'light' | 'dark';
  isOpen: boolean;
}

let widget: Widget | null = null;

/** The real widget, with settings that are not stored yet. It talks to no server. */
addEventListener('message', ({ origin, data }: MessageEvent<Shown | null>) => {
  if (origin !== location.origin || data?.helpline !== 'preview') return;
  sessionStorage.removeItem('helpline:preview:panel');
  widget?.remove();
  const snippet = { key: 'preview', origin, locale: data.locale, theme: data.theme, countsInTitle: false };
  widget = new Widget(snippet, data.config, null, () => undefined, () => undefined);
  if (data.isOpen) widget.open(false);
});
parent.postMessage({ helpline: 'ready' }, location.origin);
