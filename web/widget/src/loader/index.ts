import { Site } from './site';
import { readSnippet } from './snippet';

type Call = [command: string, ...given: never[]];

interface Handle {
  (...call: Call): unknown;
  /** What was called before the widget came, by the stub that a page may put in its head. */
  q?: Iterable<ArrayLike<never>>;
  isLoaded?: boolean;
  renewedAt?: number;
}

/** Servers of a cluster are updated one after the other: until the last is done, more attempts would help nobody. */
const BETWEEN = 60_000;

declare global {
  interface Window {
    Helpline?: Handle;
  }
}

/** Nothing that goes wrong in here may become an error of the host's page. */
function quietly<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch {
    return undefined; // The page goes on without a chat.
  }
}

/** A fresh loader takes over once it is there. Fetched as a module: that needs no leave of the page's policy but ours. */
function renew(handle: Handle, site: Site): void {
  if (Date.now() - (handle.renewedAt ?? 0) < BETWEEN) return;
  handle.renewedAt = Date.now();
  handle.isLoaded = false;
  Object.defineProperty(handle, 'q', { configurable: true, get: () => site.handOver() });
  import(/* @vite-ignore */ `${site.snippet.origin}/widget.js?at=${String(handle.renewedAt)}`).catch(() => {
    handle.isLoaded = true;
  });
}

function begin(): void {
  const snippet = readSnippet();
  const stub = window.Helpline;
  if (!snippet || stub?.isLoaded || !('adoptedStyleSheets' in document)) return;
  const site = new Site(snippet, () => { renew(handle, site); });
  const handle: Handle = (command, ...given) => quietly(() => site.commands[command]?.(...given));
  handle.isLoaded = true;
  handle.renewedAt = stub?.renewedAt ?? 0;
  window.Helpline = handle;
  for (const call of stub?.q ?? []) handle(...(Array.from(call) as unknown as Call));
  site.boot();
}

quietly(begin);
