import { Site } from './site';
import { readSnippet } from './snippet';

type Call = [command: string, ...given: never[]];

interface Handle {
  (...call: Call): unknown;
  /** What was called before the widget came, by the stub that a page may put in its head. */
  q?: Iterable<ArrayLike<never>>;
  isLoaded?: boolean;
}

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

function begin(): void {
  const snippet = readSnippet();
  const stub = window.Helpline;
  if (!snippet || stub?.isLoaded || !('adoptedStyleSheets' in document)) return;
  const site = new Site(snippet);
  const handle: Handle = (command, ...given) => quietly(() => site.commands[command]?.(...given));
  handle.isLoaded = true;
  window.Helpline = handle;
  for (const call of stub?.q ?? []) handle(...(Array.from(call) as unknown as Call));
  site.boot();
}

quietly(begin);
