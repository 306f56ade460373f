import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

import type { Shown } from '../parts';
import { Icon } from './Icon';
import { MenuList } from './parts';
import { useTalk } from './talk';

export function Menu({ shown, onEnd }: { shown: Shown; onEnd: (() => void) | null }): JSX.Element {
  const { say } = useTalk();
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  const leave = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const focusGoes = (event: FocusEvent): void => {
    if (!place.current?.contains(event.relatedTarget as Node | null)) setOpen(false);
  };

  return (
    <div ref={place} class="menu-place" onFocusOut={focusGoes}>
      <button
        ref={button}
        type="button"
        class="icon-btn"
        aria-label={say('menu')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => { setOpen(!isOpen); }}
      >
        <Icon name="ellipsis" />
      </button>
      {isOpen && <MenuList shown={shown} onEnd={onEnd} onLeave={leave} />}
    </div>
  );
}
