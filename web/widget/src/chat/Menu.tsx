import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { Icon } from './Icon';
import { useTalk } from './talk';

export function Menu({ onEnd }: { onEnd: () => void }): JSX.Element {
  const { say } = useTalk();
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const item = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (isOpen) item.current?.focus();
  }, [isOpen]);

  const leave = (event: FocusEvent): void => {
    if (!place.current?.contains(event.relatedTarget as Node | null)) setOpen(false);
  };
  const key = (event: KeyboardEvent): void => {
    if (!isOpen || (event.key !== 'Escape' && event.key !== 'Tab')) return;
    event.stopPropagation();
    event.preventDefault();
    setOpen(false);
    button.current?.focus();
  };

  return (
    <div ref={place} class="menu-place" onFocusOut={leave} onKeyDown={key}>
      <button
        ref={button}
        type="button"
        class="icon-btn"
        aria-label={say('menu')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <Icon name="ellipsis" />
      </button>
      {isOpen && (
        <div class="menu" role="menu" aria-label={say('menu')}>
          <button
            ref={item}
            type="button"
            role="menuitem"
            onClick={() => {
              setOpen(false);
              onEnd();
            }}
          >
            {say('end')}
          </button>
        </div>
      )}
    </div>
  );
}
