import type { JSX } from 'preact';

import type { Failure } from '../session/outbox';
import { type TalkValue, useTalk } from './talk';

/** Why a message was not taken, and what can be done with it. */
export function Failed({ id, failed }: { id: string; failed: Failure }): JSX.Element {
  const { say, session } = useTalk();
  return (
    <>
      <span>{reason(failed, say)}</span>
      {!isAboutFile(failed.code) && (
        <button type="button" class="btn" onClick={() => { session.retry(id); }}>
          {say('retry')}
        </button>
      )}
      <button type="button" class="btn quiet" onClick={() => { session.discard(id); }}>
        {say('discard')}
      </button>
    </>
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
