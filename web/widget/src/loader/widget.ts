import { browserStore, type Keep, keepUnder } from '../kept/keep';
import type { Chat, ChatPart, Session, SessionPart, Shown, WordsPart } from '../parts';
import { isUnderWay } from '../session/progress';
import { chooseLocale, type Locale } from '../words/locale';
import type { Config, Identity } from '../wire';
import { countInTitle } from './title';
import { type Frame, makeFrame } from './frame';
import launcherCss from './launcher.css?inline';
import { Launcher } from './launcher';
import type { Snippet } from './snippet';

declare const __SESSION__: string;
declare const __CORE__: string;
declare const __CHAT__: string;
declare const __WORDS__: Record<Locale, string>;

const WIDE = '(min-width: 40rem)';

/** What the administrator wrote in the visitor's language; in the workspace's own where they did not. */
function inLanguage(config: Config, locale: string): Config {
  const { greeting, launcher } = config.texts[locale] ?? {};
  return { ...config, greeting: greeting || config.greeting, launcher: launcher || config.launcher };
}

/** Brings the parts together: the launcher at once, the session when there is a conversation, the chat when it is opened. */
export class Widget {
  readonly config: Config;
  readonly #locale: Locale;
  readonly #frame: Frame;
  readonly #launcher: Launcher;
  readonly #panel: Keep;
  #session: Promise<Session> | null = null;
  #chat: Promise<Chat> | null = null;
  #isWanted = false;
  #isRemoved = false;
  #identity: Identity | null;
  #latest = '';
  unread = 0;
  #tries = 0;

  constructor(
    readonly snippet: Snippet,
    config: Config,
    identity: Identity | null,
    readonly tell: (name: string, detail: unknown) => void,
  ) {
    this.#identity = identity;
    const prefix = `helpline:${snippet.key}:`;
    this.#panel = keepUnder(prefix, browserStore('sessionStorage'));
    this.#locale = chooseLocale(snippet.locale, navigator.languages, config.locale);
    this.config = inLanguage(config, this.#locale);
    this.#frame = makeFrame(config, this.#locale, snippet);
    this.#frame.adopt(launcherCss);
    this.#launcher = new Launcher(this.#frame.root, this.#locale, this.config.launcher, {
      open: () => {
        this.open();
      },
      prepare: () => {
        this.#loadChat().catch(() => undefined);
      },
    });
    if (this.#panel.get('panel') && matchMedia(WIDE).matches) this.open(false);
    else if (isUnderWay(keepUnder(prefix, browserStore('localStorage')))) this.#loadSession().catch(() => undefined);
  }

  #load<Part>(path: string): Promise<Part> {
    // A browser may remember that an address failed, so another attempt needs another address.
    const again = this.#tries ? `&try=${String(this.#tries)}` : '';
    return import(/* @vite-ignore */ this.snippet.origin + path + again) as Promise<Part>;
  }

  #loadSession(): Promise<Session> {
    return (this.#session ??= this.#load<SessionPart>(__SESSION__).then(
      (part) => {
        const { origin, key } = this.snippet;
        const session = part.begin({ origin, key, locale: this.#locale, config: this.config, identity: this.#identity });
        session.subscribe(() => {
          this.#update(session.shown());
        });
        if (this.#isRemoved) session.stop();
        return session;
      },
      (error: unknown) => {
        this.#session = null;
        throw error;
      },
    ));
  }

  #loadChat(): Promise<Chat> {
    return (this.#chat ??= this.#mountChat().catch((error: unknown) => {
      this.#tries += 1;
      this.#chat = null;
      throw error;
    }));
  }

  async #mountChat(): Promise<Chat> {
    // The chat would ask for its core by itself, but only once it is there.
    this.#load(__CORE__).catch(() => undefined);
    const [session, { mount }, { words }] = await Promise.all([
      this.#loadSession(),
      this.#load<ChatPart>(__CHAT__),
      this.#load<WordsPart>(__WORDS__[this.#locale]),
    ]);
    const { root, adopt } = this.#frame;
    const { origin } = this.snippet;
    const close = (): void => {
      this.close();
    };
    return mount({ root, adopt, session, config: this.config, origin, locale: this.#locale, words, close });
  }

  #update(shown: Shown): void {
    const { unread, latest } = shown;
    this.#launcher.update(shown);
    if (this.snippet.countsInTitle) countInTitle(unread);
    if (unread !== this.unread) this.tell('unread', unread);
    if (latest && latest.id !== this.#latest) this.tell('message', { name: latest.name, text: latest.text });
    this.unread = unread;
    this.#latest = latest?.id ?? this.#latest;
  }

  identify(identity: Identity): void {
    this.#identity = identity;
    this.#session?.then((session) => { session.identify(identity); }).catch(() => undefined);
  }

  /** Lays a text ready in the field, in place of what stands there. */
  prefill(text: string): void {
    this.#loadChat()
      .then((chat) => { chat.prefill(text); })
      .catch(() => undefined);
  }

  get isOpen(): boolean {
    return this.#isWanted;
  }

  open(focus = true): void {
    if (this.#isWanted || this.#isRemoved) return;
    this.#isWanted = true;
    this.#panel.set('panel', '1');
    this.#launcher.busy(true);
    this.#loadChat()
      .then((chat) => {
        if (!this.#isWanted || this.#isRemoved) return;
        chat.show(focus);
        this.#launcher.show(false);
        this.tell('open', null);
      })
      .catch(() => {
        this.#isWanted = false;
        if (focus) this.#launcher.failed();
      })
      .finally(() => {
        this.#launcher.busy(false);
      });
  }

  close(): void {
    if (!this.#isWanted) return;
    this.#isWanted = false;
    this.#panel.remove('panel');
    this.tell('close', null);
    this.#chat
      ?.then((chat) => {
        const hadFocus = this.#frame.root.contains((this.#frame.root.getRootNode() as ShadowRoot).activeElement);
        chat.hide();
        this.#launcher.show(true);
        if (hadFocus) this.#launcher.button.focus();
      })
      .catch(() => undefined);
  }

  remove(): void {
    this.#isRemoved = true;
    this.#isWanted = false;
    this.#session?.then((session) => { session.stop(); }).catch(() => undefined);
    this.#chat?.then((chat) => { chat.remove(); }).catch(() => undefined);
    if (this.snippet.countsInTitle) countInTitle(0);
    this.#frame.remove();
  }
}
