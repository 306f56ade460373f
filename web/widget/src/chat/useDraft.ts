import { useCallback, useEffect, useState } from 'preact/hooks';

import { useTalk } from './talk';

/** What the server takes; to learn it only after a long upload would be unkind. */
const LARGEST = 20 * 1024 * 1024;

export interface Draft {
  text: string;
  files: readonly File[];
  isEmpty: boolean;
  /** Why something was not taken. */
  refused: string;
  type(text: string): void;
  add(files: readonly File[]): void;
  remove(file: File): void;
  send(): void;
}

/** What is being written. It survives the way to the next page; files that are only laid ready do not. */
export function useDraft(fills: number): Draft {
  const { say, session, size } = useTalk();
  const [text, setText] = useState(() => session.draft('text'));
  const [files, setFiles] = useState<readonly File[]>([]);
  const [refused, setRefused] = useState('');
  const isEmpty = !text.trim() && !files.length;

  useEffect(() => {
    if (fills) setText(session.draft('text'));
  }, [fills, session]);

  const type = (next: string): void => {
    setText(next);
    session.draft('text', next);
    if (!next) return;
    session.warm();
    session.typing();
  };
  const add = useCallback(
    (more: readonly File[]) => {
      const large = more.find((file) => file.size > LARGEST);
      setRefused(large ? say('tooLarge', { name: large.name, most: size(LARGEST) }) : '');
      setFiles((known) => [...known, ...more.filter((file) => file.size <= LARGEST)]);
      session.warm(true);
    },
    [say, session, size],
  );
  return {
    text,
    files,
    isEmpty,
    refused,
    type,
    add,
    remove(file) {
      setFiles((known) => known.filter((one) => one !== file));
    },
    send() {
      if (isEmpty) return;
      session.write(text.trim(), files);
      setText('');
      session.draft('text', '');
      setFiles([]);
      setRefused('');
    },
  };
}
