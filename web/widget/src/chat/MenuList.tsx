import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type { Shown } from '../parts';
import { LateIcon, type LateIconName } from './LateIcon';
import { useTalk } from './talk';
import { save } from './transcript';

interface Line {
  icon: LateIconName;
  text: string;
  act(): void;
}

interface Props {
  shown: Shown;
  onEnd: (() => void) | null;
  /** The menu goes away, and the focus back to its button. */
  onLeave: () => void;
}

export function MenuList({ shown, onEnd, onLeave }: Props): JSX.Element {
  const talk = useTalk();
  const { say, session } = talk;
  const { isMuted } = shown;
  const menu = useRef<HTMLDivElement>(null);
  const items = (): HTMLButtonElement[] => [...(menu.current?.querySelectorAll('button') ?? [])];

  const lines: Line[] = [{ icon: isMuted ? 'bell' : 'bell-off', text: say(isMuted ? 'soundOn' : 'soundOff'), act: () => { session.mute(!isMuted); } }];
  if (shown.turns.length) lines.push({ icon: 'download', text: say('save'), act: () => { save(talk, shown); } });
  if (onEnd) lines.push({ icon: 'x', text: say('end'), act: onEnd });

  useEffect(() => {
    items()[0]?.focus();
  }, []);

  const key = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key !== 'Escape' && event.key !== 'Tab' && !step) return;
    event.stopPropagation();
    event.preventDefault();
    if (!step) {
      onLeave();
      return;
    }
    const all = items();
    const at = all.indexOf((menu.current?.getRootNode() as ShadowRoot).activeElement as HTMLButtonElement);
    all[(at + step + all.length) % all.length]?.focus();
  };

  return (
    <div ref={menu} class="menu" role="menu" aria-label={say('menu')} onKeyDown={key}>
      {lines.map(({ icon, text, act }) => (
        <button
          key={icon}
          type="button"
          role="menuitem"
          onClick={() => {
            onLeave();
            act();
          }}
        >
          <LateIcon name={icon} />
          {text}
        </button>
      ))}
    </div>
  );
}
