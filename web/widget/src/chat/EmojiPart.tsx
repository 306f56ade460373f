import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import css from './emoji.css?inline';
import { GROUPS } from './emojis';
import { useTalk } from './talk';

const STEPS: Record<string, number | undefined> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -8, ArrowDown: 8 };

/** Stands in the flow above the field: it pushes the log up and covers nothing. One stop for the keyboard, arrows within. */
export function EmojiPart({ onPick, onLeave }: { onPick: (emoji: string) => void; onLeave: () => void }): JSX.Element {
  const { say } = useTalk();
  const [group, setGroup] = useState(0);
  const grid = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!matchMedia('(pointer: coarse)').matches) grid.current?.querySelector('button')?.focus();
  }, [group]);

  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onLeave();
    }
    const box = grid.current;
    const all = [...(box?.querySelectorAll('button') ?? [])];
    const at = all.indexOf((box?.getRootNode() as ShadowRoot).activeElement as HTMLButtonElement);
    const step = STEPS[event.key];
    if (!step || !box || at < 0) return;
    event.preventDefault();
    const across = Math.max(1, Math.round(box.clientWidth / (all[0]?.offsetWidth ?? box.clientWidth)));
    const way = Math.abs(step) === 1 && getComputedStyle(box).direction === 'rtl' ? -step : Math.sign(step) * (Math.abs(step) === 1 ? 1 : across);
    all[Math.min(all.length - 1, Math.max(0, at + way))]?.focus();
  };

  return (
    <div class="emoji" role="group" aria-label={say('emoji')} onKeyDown={key}>
      <div class="emoji-tabs">
        {GROUPS.map((all, i) => (
          <button key={all[0]} type="button" aria-pressed={i === group} aria-label={say('emojiGroup', { n: i + 1 })} onClick={() => { setGroup(i); }}>
            {all[0]}
          </button>
        ))}
      </div>
      <div ref={grid} class="emoji-grid">
        {(GROUPS[group] ?? []).map((emoji, i) => (
          <button key={emoji} type="button" tabIndex={i ? -1 : 0} onClick={() => { onPick(emoji); }}>
            {emoji}
          </button>
        ))}
      </div>
    </div>
  );
}

export { css };
