import type { JSX } from 'preact';

import { useTalk } from './talk';

const CHOICE = ['🙂', '😀', '😂', '😊', '😍', '😉', '🤔', '😅', '😢', '😭', '😡', '😮', '👍', '👎', '👌', '🙏', '👏', '💪', '❤️', '🎉', '✅', '❌', '📦', '🚚'];

/** Stands in the flow above the field: it pushes the log up and covers nothing. */
export function Emoji({ onPick, onLeave }: { onPick: (emoji: string) => void; onLeave: () => void }): JSX.Element {
  const { say } = useTalk();
  return (
    <div
      class="emoji"
      role="group"
      aria-label={say('emoji')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onLeave();
      }}
    >
      {CHOICE.map((emoji) => (
        <button key={emoji} type="button" onClick={() => { onPick(emoji); }}>
          {emoji}
        </button>
      ))}
    </div>
  );
}
