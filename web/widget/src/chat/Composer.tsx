import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

import { Icon } from './Icon';
import { Emoji, Staged } from './parts';
import { useTalk } from './talk';
import type { Draft } from './useDraft';
import { useGrowing } from './useGrowing';

export function Composer({ draft }: { draft: Draft }): JSX.Element {
  const { say } = useTalk();
  const field = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [showsEmoji, setEmoji] = useState(false);
  useGrowing(field, draft.text);

  const send = (): void => {
    draft.send();
    setEmoji(false);
    field.current?.focus();
  };
  const key = (event: KeyboardEvent): void => {
    // Enter that ends the composition of a Chinese word must not send; Safari says so only by the old code 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  const paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    draft.add(files);
  };
  const insert = (emoji: string): void => {
    const { selectionStart: from, selectionEnd: to, value } = field.current ?? { selectionStart: 0, selectionEnd: 0, value: draft.text };
    draft.type(value.slice(0, from) + emoji + value.slice(to));
    field.current?.focus();
  };

  return (
    <>
      {showsEmoji && <Emoji onPick={insert} onLeave={() => { setEmoji(false); field.current?.focus(); }} />}
      <div role="alert">{draft.refused && <p class="refused">{draft.refused}</p>}</div>
      {draft.files.length > 0 && <Staged files={draft.files} onRemove={(file) => { draft.remove(file); field.current?.focus(); }} />}
      <div class="compose">
        <button type="button" class="icon-btn" aria-label={say('attach')} onClick={() => chooser.current?.click()}>
          <Icon name="paperclip" />
        </button>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            draft.add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
            field.current?.focus();
          }}
        />
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          aria-label={say('write')}
          placeholder={say('write')}
          enterkeyhint="send"
          value={draft.text}
          onInput={(event) => { draft.type(event.currentTarget.value); }}
          onKeyDown={key}
          onPaste={paste}
        />
        <button type="button" class="icon-btn emoji-btn" aria-label={say('emoji')} aria-expanded={showsEmoji} onClick={() => { setEmoji(!showsEmoji); }}>
          <Icon name="smile" />
        </button>
        <button type="button" class="send" aria-label={say('send')} aria-disabled={draft.isEmpty} onClick={send}>
          <Icon name="arrow-up" />
        </button>
      </div>
    </>
  );
}
