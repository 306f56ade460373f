import { browserStore, keepUnder } from '../kept/keep';
import type { Identity } from '../wire';
import { fetchConfig } from './config';
import type { Snippet } from './snippet';
import { Widget } from './widget';

type Listener = (detail: unknown) => void;
const WHO = 'who';

function bodyIsThere(): Promise<unknown> {
  if (document.body as HTMLElement | null) return Promise.resolve();
  return new Promise((go) => {
    document.addEventListener('DOMContentLoaded', go, { once: true });
  });
}

/** What the page that embeds the widget can ask of it: `Helpline('open')`. Before it is there, wishes are kept. */
export class Site {
  readonly #listeners = new Map<string, Set<Listener>>();
  #widget: Widget | null = null;
  /** Counts up when the widget goes away: what was begun for the one before is not for the next. */
  #turn = 0;
  #opensAtOnce = false;
  #identity: Identity | null = null;
  #text = '';

  constructor(
    readonly snippet: Snippet,
    /** The server was updated, and has the parts of this loader no more. */
    readonly outdated: () => void,
  ) {}

  readonly commands: Record<string, ((...given: never[]) => unknown) | undefined> = {
    open: () => { this.#open(); },
    close: () => { this.#close(); },
    toggle: () => {
      if (this.#widget?.isOpen ?? this.#opensAtOnce) this.#close();
      else this.#open();
    },
    identify: (identity: Identity) => { this.#identify(identity); },
    prefill: (text: string) => {
      if (this.#widget) this.#widget.prefill(String(text));
      else this.#text = String(text);
    },
    locale: (tag: string) => {
      this.snippet.locale = tag;
      this.#again();
    },
    unread: () => this.#widget?.unread ?? 0,
    on: (name: string, listener: Listener) => { if (typeof listener === 'function') this.#of(name).add(listener); },
    off: (name: string, listener: Listener) => { this.#of(name).delete(listener); },
    shutdown: () => { this.#shutdown(); },
    boot: () => { this.boot(); },
  };

  boot(): void {
    if (this.#widget) return;
    const turn = ++this.#turn;
    const isWanted = (): boolean => turn === this.#turn;
    Promise.all([fetchConfig(this.snippet, isWanted), bodyIsThere()])
      .then(([config]) => {
        if (!config || !isWanted()) return;
        const widget = (this.#widget = new Widget(this.snippet, config, this.#identity, (name, detail) => { this.#tell(name, detail); }, this.outdated));
        if (this.#text) widget.prefill(this.#text);
        this.#text = '';
        if (this.#opensAtOnce) widget.open();
        this.#tell('ready', null);
      })
      .catch(() => undefined);
  }

  #open(): void {
    if (this.#widget) this.#widget.open();
    else this.#opensAtOnce = true;
  }

  #close(): void {
    this.#opensAtOnce = false;
    this.#widget?.close();
  }

  /** Another person than the one before: nothing of the first may be seen by the second. */
  #identify({ id = '', name = '', email = '', phone = '', signature = '' }: Partial<Identity>): void {
    const kept = keepUnder(`helpline:${this.snippet.key}:`, browserStore('localStorage'));
    const before = kept.get(WHO);
    const isOther = before !== null && before !== id;
    if (isOther) this.#wipe();
    if (isOther) this.#text = '';
    if (id) kept.set(WHO, id);
    this.#identity = { id, name, email, phone, signature };
    if (isOther) this.#again();
    else this.#widget?.identify(this.#identity);
  }

  #again(): void {
    if (!this.#widget) return;
    this.#opensAtOnce = this.#widget.isOpen;
    this.#widget.remove();
    this.#widget = null;
    this.boot();
  }

  /** Goes, and says what whoever comes in its place has to do. What the visitor wrote is kept in the browser. */
  handOver(): [command: string, ...given: unknown[]][] {
    const calls = [...this.#listeners].flatMap(([name, all]) => [...all].map((listener): [string, ...unknown[]] => ['on', name, listener]));
    if (this.snippet.locale) calls.unshift(['locale', this.snippet.locale]);
    if (this.#identity) calls.push(['identify', this.#identity]);
    if (this.#text) calls.push(['prefill', this.#text]);
    if (this.#widget?.isOpen ?? this.#opensAtOnce) calls.push(['open']);
    this.#turn += 1;
    this.#widget?.remove();
    this.#widget = null;
    return calls;
  }

  #shutdown(): void {
    this.#turn += 1;
    this.#opensAtOnce = false;
    this.#identity = null;
    this.#text = '';
    this.#widget?.remove();
    this.#widget = null;
    this.#wipe();
  }

  /** Everything that this browser keeps of the visitor. */
  #wipe(): void {
    for (const kind of ['localStorage', 'sessionStorage'] as const) {
      const kept = keepUnder(`helpline:${this.snippet.key}:`, browserStore(kind));
      for (const name of kept.names('')) kept.remove(name);
    }
    indexedDB.deleteDatabase('helpline-files');
  }

  #of(name: string): Set<Listener> {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    return listeners;
  }

  #tell(name: string, detail: unknown): void {
    for (const listener of this.#of(name)) {
      // What a listener of the page does wrong is for the page's own console, and must not stop us.
      try {
        listener(detail);
      } catch (error) {
        setTimeout(() => { throw error; });
      }
    }
  }
}
