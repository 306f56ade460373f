import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { Composer } from './Composer';
import { Head } from './Head';
import { Log } from './Log';
import { Notices } from './Notices';
import { Again, Form, Viewer } from './parts';
import { type Picture, useShown, useTalk } from './talk';
import { useClosed } from './useClosed';
import { useDraft } from './useDraft';
import { useDrop } from './useDrop';
import { useEnding } from './useEnding';
import { useFocusInside } from './useFocusInside';
import { usePhone } from './usePhone';

interface Props {
  isOpen: boolean;
  takesFocus: boolean;
  /** The picture that is shown large. */
  picture: Picture | null;
  onPictureLeft: () => void;
  /** How often the page has laid a text ready. */
  fills: number;
}

export function Panel({ isOpen, takesFocus, picture, onPictureLeft, fills }: Props): JSX.Element {
  const { config, say } = useTalk();
  const shown = useShown();
  const opens = useClosed(config);
  const { asks } = shown;
  const isNew = !shown.conversation;
  const [wantsNew, setWantsNew] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const draft = useDraft(fills);
  const ending = useEnding(shown.conversation);
  const { isOver, handlers } = useDrop(draft.add);
  const isPhone = usePhone(panel, isOpen);
  const keys = useFocusInside(panel, isOpen, takesFocus);

  // What had the focus is gone with the form; the next thing to do takes it.
  const isAsking = asks !== null && (isNew || wantsNew);
  const wasAsking = useRef(isAsking);
  useEffect(() => {
    if (isOpen && wasAsking.current && !isAsking) panel.current?.querySelector('textarea')?.focus();
    if (!asks) setWantsNew(false);
    wasAsking.current = isAsking;
  });

  return (
    <div
      ref={panel}
      class="panel"
      role="dialog"
      aria-label={say('dialog', { name: config.brand })}
      aria-modal={isPhone}
      tabIndex={-1}
      hidden={!isOpen}
      onKeyDown={keys}
      {...handlers}
    >
      <Head shown={shown} opens={opens} onEnd={ending.canEnd ? ending.ask : null} />
      <Notices shown={shown} ending={ending} />
      {asks && isAsking ? (
        <Form asks={asks} takesFocus={takesFocus || wantsNew} />
      ) : (
        <>
          <Log shown={shown} opens={opens} />
          {asks ? <Again onStart={() => { setWantsNew(true); }} /> : <Composer draft={draft} />}
        </>
      )}
      {picture && <Viewer picture={picture} onLeave={onPictureLeft} />}
      {isOver && <div class="drop">{say('drop')}</div>}
    </div>
  );
}
