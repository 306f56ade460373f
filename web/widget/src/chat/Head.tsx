import type { JSX } from 'preact';

import type { Shown } from '../parts';
import { Icon } from './Icon';
import { initials } from './initials';
import { Menu } from './Menu';
import { useTalk } from './talk';

interface Props {
  shown: Shown;
  /** When it opens again, '' where nobody knows; nothing while it is open. */
  opens: string | null;
  onEnd: (() => void) | null;
}

export function Head({ shown, opens, onEnd }: Props): JSX.Element {
  const { close, config, day, say, time } = useTalk();
  const { conversation, turns } = shown;
  const agent = conversation?.state === 'active' ? conversation.agent_name : null;
  const isWaiting = conversation?.state === 'waiting' || conversation?.state === 'offered';
  const ended = turns.findLast((turn) => turn.message?.event?.name === 'closed');

  const within = config.answers_within;
  let line = agent ? config.brand : within ? say('answersIn', { n: Math.max(1, Math.ceil(within / 60)) }) : '';
  if (isWaiting && !conversation.message_left) line = say('finding');
  if (opens !== null && !agent) line = opens ? say('closed', { time: `${day(opens)}, ${time(opens)}` }) : say('closedPlain');
  if (conversation?.state === 'closed') line = ended ? say('ended', { time: time(ended.at) }) : say('endedPlain');

  return (
    <div class="head">
      {agent ? (
        <span class="face" aria-hidden="true">
          {initials(agent)}
          <i />
        </span>
      ) : (
        <span class="face logo" aria-hidden="true">
          <Icon name="speech" size="large" />
        </span>
      )}
      <div class="grow">
        <p class="title cut">{agent ?? config.brand}</p>
        {line && <p class="sub cut">{line}</p>}
      </div>
      <Menu shown={shown} onEnd={onEnd} />
      <button type="button" class="icon-btn" aria-label={say('close')} onClick={close}>
        <Icon name="x" />
      </button>
    </div>
  );
}
