import type { JSX } from 'preact';

import type { Turn } from '../parts';
import type { ChatText } from '../words/en';
import { Icon, type IconName } from './Icon';
import { Attachment, Failed } from './parts';
import { useTalk } from './talk';
import { Text } from './Text';

const STATES: Record<Turn['state'], { icon: IconName; text: ChatText }> = {
  waiting: { icon: 'clock', text: 'stateWaiting' },
  sending: { icon: 'clock', text: 'stateSending' },
  sent: { icon: 'check', text: 'stateSent' },
  delivered: { icon: 'check-check', text: 'stateDelivered' },
  read: { icon: 'check-check', text: 'stateRead' },
  failed: { icon: 'alert', text: 'stateFailed' },
};

export function TurnView({ turn, showsState }: { turn: Turn; showsState: boolean }): JSX.Element {
  const { say } = useTalk();
  const text = turn.message?.text ?? turn.entry?.text ?? '';
  const files = turn.message?.files ?? turn.entry?.files ?? [];
  return (
    <div class="turn" data-mine={turn.mine} data-state={turn.state}>
      {turn.mine && <span class="vh">{say('you')}</span>}
      {text && (
        <div class="b">
          <Text text={text} />
        </div>
      )}
      {files.map((file) => (
        <Attachment key={file.id} file={file} />
      ))}
      {showsState && <State turn={turn} />}
    </div>
  );
}

function State({ turn }: { turn: Turn }): JSX.Element {
  const { say, time } = useTalk();
  const { icon, text } = STATES[turn.state];
  const failed = turn.entry?.failed;
  return (
    <p class="state">
      <Icon name={icon} size="small" />
      {failed ? <Failed id={turn.key} failed={failed} /> : <span>{say(text, { time: time(turn.at) })}</span>}
    </p>
  );
}
