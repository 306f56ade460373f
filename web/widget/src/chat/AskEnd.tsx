import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { useTalk } from './talk';
import type { Ending } from './useEnding';

export function AskEnd({ ending }: { ending: Ending }): JSX.Element {
  const { say } = useTalk();
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const home = stay.current?.getRootNode() as ShadowRoot | undefined;
    stay.current?.focus();
    // The question goes away with the button that has the focus; the field takes it over.
    return () => home?.querySelector('textarea')?.focus();
  }, []);
  return (
    <div class="ask" role="group" aria-label={say('endAsk')}>
      <p role="alert">{say(ending.step === 'failed' ? 'endFailed' : 'endAsk')}</p>
      <div class="ask-do">
        <button ref={stay} type="button" class="btn" onClick={ending.leave}>
          {say('endNo')}
        </button>
        <button type="button" class="btn danger" aria-disabled={ending.step === 'busy'} onClick={ending.confirm}>
          {say('endYes')}
        </button>
      </div>
    </div>
  );
}
