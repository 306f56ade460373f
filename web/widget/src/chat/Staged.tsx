import type { JSX } from 'preact';

import { LateIcon } from './LateIcon';
import { LocalPicture } from './LocalPicture';
import { useTalk } from './talk';

/** Files laid ready, to be sent with the text. */
export function Staged({ files, onRemove }: { files: readonly File[]; onRemove: (file: File) => void }): JSX.Element {
  const { say } = useTalk();
  return (
    <ul class="staged">
      {files.map((file, i) => (
        <li key={`${String(i)} ${file.name}`}>
          {file.type.startsWith('image/') ? (
            <LocalPicture bytes={() => Promise.resolve(file)} name={file.name} other={<LateIcon name="file" />} />
          ) : (
            <LateIcon name="file" />
          )}
          <bdi class="cut">{file.name}</bdi>
          <button type="button" class="icon-btn" aria-label={say('removeFile', { name: file.name })} onClick={() => { onRemove(file); }}>
            <LateIcon name="x" size="small" />
          </button>
        </li>
      ))}
    </ul>
  );
}
