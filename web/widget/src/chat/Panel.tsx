import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

import { Composer } from './Composer';
import { Head } from './Head';
import { Log } from './Log';
import { Notices } from './Notices';
import { useShown, useTalk } from './talk';
import { useDraft } from './useDraft';
import { useDrop } from './useDrop';
import { useEnding } from './useEnding';
import { useFocusInside } from './useFocusInside';
import { usePhone } from './usePhone';

export function Panel({ isOpen, takesFocus }: { isOpen: boolean; takesFocus: boolean }): JSX.Element {
  const { config, say } = useTalk();
  const shown = useShown();
  const panel = useRef<HTMLDivElement>(null);
  const draft = useDraft();
  const ending = useEnding(shown.conversation);
  const { isOver, handlers } = useDrop(draft.add);
  const isPhone = usePhone(panel, isOpen);
  const keys = useFocusInside(panel, isOpen, takesFocus);

  return (
    <div
      ref={panel}
      class="panel"
      role="dialog"
      aria-label={say('dialog', { name: config.name })}
      aria-modal={isPhone}
      tabIndex={-1}
      hidden={!isOpen}
      onKeyDown={keys}
      {...handlers}
    >
      <Head shown={shown} onEnd={ending.canEnd ? ending.ask : null} />
      <Notices shown={shown} ending={ending} />
      <Log shown={shown} />
      <Composer draft={draft} />
      {isOver && <div class="drop">{say('drop')}</div>}
    </div>
  );
}
