import { browserStore, type Keep, keepUnder } from '../kept/keep';
import type { Chat, ChatPart, News, SessionPart, Watch, WordsPart } from '../parts';
import { isUnderWay } from '../session/progress';
import { chooseLocale, type Locale } from '../words/locale';
import type { Config, Identity } from '../wire';
import { countInTitle } from './title';
import { type Frame, makeFrame } from './frame';
import launcherCss from './launcher.css?inline';
import { Launcher } from './launcher';
import type { Snippet } from './snippet';

declare const __SESSION__: string;
declare const __WRITING__: string;
declare const __FILES__: string;
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
  readonly #keep: Keep;
  /** For as long as this tab is open. */
  readonly #tab: Keep;
  #watch: Promise<Watch> | null = null;
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
    readonly outdated: () => void,
  ) {
    this.#identity = identity;
    const prefix = `helpline:${snippet.key}:`;
    this.#keep = keepUnder(prefix, browserStore('localStorage'));
    this.#tab = keepUnder(prefix, browserStore('sessionStorage'));
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
    if (this.#tab.get('panel') && matchMedia(WIDE).matches) this.open(false);
    else if (isUnderWay(this.#keep)) this.#beginWatch().catch(() => undefined);
  }

  #load<Part>(path: string): Promise<Part> {
    // A browser may remember that an address failed, so another attempt needs another address.
    const again = this.#tries ? `?try=${String(this.#tries)}` : '';
    const part = import(/* @vite-ignore */ this.snippet.origin + path + again) as Promise<Part>;
    part.catch(() => { this.#missing(); });
    return part;
  }

  /** A part did not come. The network, mostly; but after an update the server has ours no more. */
  #missing(): void {
    fetch(this.snippet.origin + __SESSION__, { credentials: 'omit', cache: 'no-store' })
      .then(({ status }) => { if (status === 404 && !this.#isRemoved) this.outdated(); })
      .catch(() => undefined);
  }

  #beginWatch(): Promise<Watch> {
    return (this.#watch ??= this.#load<SessionPart>(__SESSION__).then(
      (part) => {
        if (this.#isRemoved) throw new Error('removed');
        const { origin, key } = this.snippet;
        const watch = part.begin({
          origin,
          key,
          locale: this.#locale,
          config: this.config,
          identity: this.#identity,
          keep: this.#keep,
          drafts: this.#tab,
          writing: () => this.#loadAgain(__WRITING__),
          files: () => this.#loadAgain(__FILES__),
        });
        watch.subscribe(() => {
          this.#update(watch.news());
        });
        return watch;
      },
      (error: unknown) => {
        this.#watch = null;
        throw error;
      },
    ));
  }

  /** What is asked for until it comes. */
  #loadAgain<Part>(path: string): Promise<Part> {
    return this.#load<Part>(path).catch((error: unknown) => {
      this.#tries += 1;
      throw error;
    });
  }

  #loadChat(): Promise<Chat> {
    return (this.#chat ??= this.#mountChat().catch((error: unknown) => {
      this.#tries += 1;
      this.#chat = null;
      throw error;
    }));
  }

  async #mountChat(): Promise<Chat> {
    // These would be asked for by what needs them, but only once that is there.
    for (const part of [__CORE__, __WRITING__]) this.#load(part).catch(() => undefined);
    const [watch, { mount }, { words }] = await Promise.all([
      this.#beginWatch(),
      this.#load<ChatPart>(__CHAT__),
      this.#load<WordsPart>(__WORDS__[this.#locale]),
    ]);
    const session = await watch.session();
    if (this.#isRemoved) throw new Error('removed');
    const { root, adopt } = this.#frame;
    const { origin } = this.snippet;
    const close = (): void => {
      this.close();
    };
    const missing = (): void => {
      this.#missing();
    };
    return mount({ root, adopt, session, config: this.config, origin, locale: this.#locale, words, close, missing });
  }

  #update(news: News): void {
    const { unread, latest } = news;
    this.#launcher.update(news);
    if (this.snippet.countsInTitle) countInTitle(unread);
    if (unread !== this.unread) this.tell('unread', unread);
    if (latest && latest.id !== this.#latest) this.tell('message', { name: latest.name, text: latest.text });
    this.unread = unread;
    this.#latest = latest?.id ?? this.#latest;
  }

  identify(identity: Identity): void {
    this.#identity = identity;
    this.#watch?.then((watch) => { watch.identify(identity); }).catch(() => undefined);
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
    this.#tab.set('panel', '1');
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
    this.#tab.remove('panel');
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
    this.#watch?.then((watch) => { watch.stop(); }).catch(() => undefined);
    this.#chat?.then((chat) => { chat.remove(); }).catch(() => undefined);
    if (this.snippet.countsInTitle) countInTitle(0);
    this.#frame.remove();
  }
}
