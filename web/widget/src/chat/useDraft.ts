import { useCallback, useState } from 'preact/hooks';

import { useTalk } from './talk';

export interface Draft {
  text: string;
  files: readonly File[];
  isEmpty: boolean;
  type(text: string): void;
  add(files: readonly File[]): void;
  remove(file: File): void;
  send(): void;
}

/** What is being written. It survives the way to the next page; files that are only laid ready do not. */
export function useDraft(): Draft {
  const { session } = useTalk();
  const [text, setText] = useState(() => session.draft('text'));
  const [files, setFiles] = useState<readonly File[]>([]);
  const isEmpty = !text.trim() && !files.length;

  const type = (next: string): void => {
    setText(next);
    session.draft('text', next);
    if (next) session.warm();
  };
  const add = useCallback(
    (more: readonly File[]) => {
      setFiles((known) => [...known, ...more]);
      session.warm();
    },
    [session],
  );
  return {
    text,
    files,
    isEmpty,
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
    },
  };
}
