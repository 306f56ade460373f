import type { JSX } from 'preact';

import { useTalk } from './talk';

/** After the end, where the next conversation begins with a form. */
export function Again({ onStart }: { onStart: () => void }): JSX.Element {
  const { say } = useTalk();
  return (
    <div class="again">
      <button type="button" class="btn primary wide" onClick={onStart}>
        {say('again')}
      </button>
    </div>
  );
}
