import type { JSX } from 'preact';

import type { Turn } from '../parts';
import type { Failure } from '../session/outbox';
import type { ChatText } from '../words/en';
import { Icon, type IconName } from './Icon';
import { Attachment } from './parts';
import { type TalkValue, useTalk } from './talk';
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
  const { say, session, time } = useTalk();
  const { icon, text } = STATES[turn.state];
  const failed = turn.entry?.failed;
  return (
    <p class="state">
      <Icon name={icon} size="small" />
      <span>{failed ? reason(failed, say) : say(text, { time: time(turn.at) })}</span>
      {failed && (
        <>
          {!isAboutFile(failed.code) && (
            <button type="button" class="btn" onClick={() => { session.retry(turn.key); }}>
              {say('retry')}
            </button>
          )}
          <button type="button" class="btn quiet" onClick={() => { session.discard(turn.key); }}>
            {say('discard')}
          </button>
        </>
      )}
    </p>
  );
}

type FileCode = 'file_lost' | 'file_too_large' | 'file_refused' | 'storage_full';

/** The same file would fail again. */
function isAboutFile(code: string): code is FileCode {
  return code === 'file_lost' || code === 'file_too_large' || code === 'file_refused' || code === 'storage_full';
}

/** Our own words where there are some, else the server's sentence. */
function reason({ code, detail }: Failure, say: TalkValue['say']): string {
  return isAboutFile(code) ? say(code) : detail || say('stateFailed');
}
