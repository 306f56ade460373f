import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { LateIcon } from './LateIcon';
import { type Picture, useTalk } from './talk';

/** A picture over the whole window. Where it was opened, there the focus comes back to. */
export function ViewerPart({ picture, onLeave }: { picture: Picture; onLeave: () => void }): JSX.Element {
  const { say } = useTalk();
  const box = useRef<HTMLDivElement>(null);
  const first = useRef<HTMLAnchorElement>(null);
  const last = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const before = (box.current?.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    last.current?.focus();
    return () => before?.focus();
  }, []);

  const key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      onLeave();
    }
    if (event.key === 'Tab') {
      event.preventDefault();
      const isFirst = (box.current?.getRootNode() as ShadowRoot).activeElement === first.current;
      (isFirst ? last.current : first.current)?.focus();
    }
  };

  return (
    <div ref={box} class="viewer" role="dialog" aria-modal="true" aria-label={picture.name} onKeyDown={key} onClick={onLeave}>
      <img src={picture.href} alt={picture.name} />
      <p class="viewer-do">
        <a ref={first} class="icon-btn" href={picture.href} target="_blank" rel="noopener noreferrer" aria-label={say('original')}>
          <LateIcon name="download" />
        </a>
        <button ref={last} type="button" class="icon-btn" aria-label={say('close')} onClick={onLeave}>
          <LateIcon name="x" />
        </button>
      </p>
    </div>
  );
}
