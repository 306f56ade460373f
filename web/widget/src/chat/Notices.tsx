import type { JSX } from 'preact';

import type { Shown } from '../parts';
import { Icon } from './Icon';
import { AskEnd } from './parts';
import { useTalk } from './talk';
import type { Ending } from './useEnding';

export function Notices({ shown, ending }: { shown: Shown; ending: Ending }): JSX.Element {
  const { say } = useTalk();
  const isCut = shown.link === 'down';
  return (
    <>
      <div role="status">
        {isCut && (
          <p class="note">
            <Icon name="wifi-off" />
            <span>{say(shown.online ? 'unreachable' : 'offline')}</span>
          </p>
        )}
      </div>
      {ending.step !== 'none' && <AskEnd ending={ending} />}
    </>
  );
}
