import { createContext } from 'preact';
import { useContext, useEffect, useReducer } from 'preact/hooks';

import type { ChatSetup, Shown } from '../parts';
import type { ChatText } from '../words/en';
import { speaker, type Values } from '../words/say';
import { textIn } from '../words/texts';
import type { Texts } from '../wire';

/** What every component of the chat needs: the words, the clock of the language, the session. */
export interface TalkValue extends ChatSetup {
  say(key: ChatText, values?: Values): string;
  time(at: string): string;
  day(at: string): string;
  size(bytes: number): string;
  /** Shows a picture large. */
  look(picture: Picture): void;
  /** Something an administrator wrote, in the visitor's language if they did. */
  texts(texts: Texts): string;
}

export interface Picture {
  name: string;
  href: string;
}

export function talkOf(setup: ChatSetup, look: (picture: Picture) => void): TalkValue {
  const { locale } = setup;
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const calendar = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' });
  const amount = (unit: string): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 });
  return {
    ...setup,
    look,
    texts: (texts) => textIn(texts, [locale, setup.config.locale]),
    say: speaker(setup.words, locale),
    time: (at) => clock.format(new Date(at)),
    day: (at) => calendar.format(new Date(at)),
    size: (bytes) => (bytes < 1e6 ? amount('kilobyte').format(Math.max(1, Math.round(bytes / 1e3))) : amount('megabyte').format(bytes / 1e6)),
  };
}

export const Talk = createContext<TalkValue>(null as unknown as TalkValue);

export function useTalk(): TalkValue {
  return useContext(Talk);
}

export function useShown(): Shown {
  const { session } = useTalk();
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => session.subscribe(() => { again(undefined as never); }), [session]);
  return session.shown();
}
