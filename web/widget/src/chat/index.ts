import { h, render } from 'preact';

import type { Chat, ChatSetup } from '../parts';
import chatCss from './chat.css?inline';
import formCss from './form.css?inline';
import logCss from './log.css?inline';
import { Panel } from './Panel';
import { Talk, talkOf } from './talk';
import tokens from './tokens.css?inline';

export function mount(setup: ChatSetup): Chat {
  setup.adopt(tokens + chatCss + logCss + formCss);
  const place = document.createElement('div');
  setup.root.append(place);
  const talk = talkOf(setup);
  const draw = (isOpen: boolean, takesFocus = false): void => {
    setup.session.attend(isOpen);
    render(h(Talk.Provider, { value: talk, children: h(Panel, { isOpen, takesFocus }) }), place);
  };
  return {
    show(focus) {
      draw(true, focus);
    },
    hide() {
      draw(false);
    },
    remove() {
      render(null, place);
    },
  };
}
