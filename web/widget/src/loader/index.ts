import { fetchConfig } from './config';
import { readSnippet } from './snippet';
import { Widget } from './widget';

interface Handle {
  open(): void;
  close(): void;
  toggle(): void;
  shutdown(): void;
}

declare global {
  interface Window {
    Helpline?: Handle;
  }
}

function bodyIsThere(): Promise<unknown> {
  if (document.body as HTMLElement | null) return Promise.resolve();
  return new Promise((go) => {
    document.addEventListener('DOMContentLoaded', go, { once: true });
  });
}

/** Nothing that goes wrong in here may become an error of the host's page. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // The page goes on without a chat.
  }
}

function begin(): void {
  const snippet = readSnippet();
  if (!snippet || window.Helpline || !('adoptedStyleSheets' in document)) return;
  let widget: Widget | null = null;
  let opensAtOnce = false;
  let isShut = false;

  const handle: Handle = {
    open() {
      quietly(() => (widget ? widget.open() : (opensAtOnce = true)));
    },
    close() {
      quietly(() => (widget ? widget.close() : (opensAtOnce = false)));
    },
    toggle() {
      if (widget ? widget.isOpen : opensAtOnce) handle.close();
      else handle.open();
    },
    shutdown() {
      isShut = true;
      quietly(() => widget?.shutdown());
      delete window.Helpline;
    },
  };
  window.Helpline = handle;

  Promise.all([fetchConfig(snippet, () => !isShut), bodyIsThere()])
    .then(([config]) => {
      if (!config || isShut) return;
      widget = new Widget(snippet, config);
      if (opensAtOnce) widget.open();
    })
    .catch(() => undefined);
}

quietly(begin);
