import type { News } from '../parts';
import type { Message } from '../wire';
import { launcherTexts } from '../words/launcher';
import type { Locale } from '../words/locale';
import { speaker } from '../words/say';
import { element, icon } from './element';

const SPEECH = 'M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v9.5A1.5 1.5 0 0 1 19 17H8.5l-5 4V6A1.5 1.5 0 0 1 5 4.5z';
const CROSS = 'M6 6l12 12M18 6L6 18';
const PREVIEW = 160;

interface Acts {
  open(): void;
  /** The pointer or the focus is on the launcher: what it needs can be fetched already. */
  prepare(): void;
}

/** The round button, the number on it and the bubble with the last answer. */
export class Launcher {
  readonly button: HTMLButtonElement;
  readonly #count = element('span', { class: 'count', 'aria-hidden': 'true', hidden: '' });
  readonly #status = element('div', { role: 'status' });
  readonly #say;
  #dismissed = '';
  #told = '';

  constructor(
    readonly root: HTMLElement,
    locale: Locale,
    readonly text: string,
    readonly acts: Acts,
  ) {
    this.#say = speaker(launcherTexts[locale], locale);
    this.button = element('button', { type: 'button', class: 'launch', 'aria-haspopup': 'dialog' }, icon(SPEECH), this.#count);
    if (text) this.button.append(element('span', { class: 'launch-text' }, text));
    this.#name(0);
    this.button.addEventListener('click', acts.open);
    this.button.addEventListener('pointerenter', acts.prepare);
    this.button.addEventListener('focus', acts.prepare);
    root.append(this.#status, this.button);
  }

  #name(unread: number): void {
    const name = unread ? this.#say('unread', { n: unread }) : this.#say('open');
    // What is to be seen on it has to be part of its name, for those who speak to their computer.
    this.button.setAttribute('aria-label', this.text ? `${this.text}. ${name}` : name);
  }

  update({ unread, latest }: News): void {
    this.#name(unread);
    this.#count.hidden = !unread;
    this.#count.textContent = unread > 99 ? '99+' : String(unread);
    if (latest && latest.id !== this.#dismissed) this.#tease(latest);
    else this.#bubble('', '');
  }

  #tease(message: Message): void {
    const text = message.text.replace(/\s+/g, ' ').trim();
    const short = text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text;
    const { name } = message;
    this.#bubble(message.id, short ? this.#say('wrote', { name, text: short }) : this.#say('sentFile', { name }));
  }

  /** Shows a text beside the launcher; an empty one takes it away. */
  #bubble(id: string, text: string): void {
    if (this.#told === id + text) return;
    this.#told = id + text;
    if (!text) {
      this.#status.replaceChildren();
      return;
    }
    const open = element('button', { type: 'button', class: 'tease-text' }, element('span', {}, text));
    const dismiss = element('button', { type: 'button', class: 'icon-btn', 'aria-label': this.#say('dismiss') }, icon(CROSS));
    open.addEventListener('click', this.acts.open);
    dismiss.addEventListener('click', () => {
      this.#dismissed = id;
      this.#bubble('', '');
      this.button.focus();
    });
    this.#status.replaceChildren(element('div', { class: 'tease' }, open, dismiss));
  }

  busy(isBusy: boolean): void {
    this.button.setAttribute('aria-busy', String(isBusy));
  }

  failed(): void {
    this.#bubble('failed', this.#say('failed'));
  }

  show(isShown: boolean): void {
    this.button.hidden = !isShown;
    this.#status.hidden = !isShown;
  }
}
