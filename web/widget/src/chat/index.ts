import { h, render } from 'preact';

import type { Chat, ChatSetup } from '../parts';
import chatCss from './chat.css?inline';
import logCss from './log.css?inline';
import { Panel } from './Panel';
import { formPart } from './parts';
import { type Picture, Talk, talkOf } from './talk';
import tokens from './tokens.css?inline';

export function mount(setup: ChatSetup): Chat {
  setup.adopt(tokens + chatCss + logCss);
  const place = document.createElement('div');
  setup.root.append(place);
  const view = { isOpen: false, takesFocus: false, picture: null as Picture | null, fills: 0 };
  const draw = (change: Partial<typeof view>): void => {
    Object.assign(view, { takesFocus: false }, change);
    const onPictureLeft = (): void => {
      draw({ picture: null });
    };
    render(h(Talk.Provider, { value: talk, children: h(Panel, { ...view, onPictureLeft }) }), place);
  };
  const talk = talkOf(setup, (picture) => {
    draw({ picture });
  });
  if (setup.config.form) formPart.fetch(setup.adopt).catch(() => undefined);
  return {
    show(takesFocus) {
      setup.session.attend(true);
      draw({ isOpen: true, takesFocus });
    },
    hide() {
      setup.session.attend(false);
      draw({ isOpen: false, picture: null });
    },
    prefill(text) {
      setup.session.draft('text', text);
      draw({ fills: view.fills + 1 });
    },
    remove() {
      render(null, place);
    },
  };
}
