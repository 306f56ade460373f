import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { EntryFile } from '../session/outbox';
import type { StoredFile } from '../wire';
import { LateIcon } from './LateIcon';
import { LocalPicture } from './LocalPicture';
import { useTalk } from './talk';

export function Attachment({ file }: { file: StoredFile | EntryFile }): JSX.Element {
  const { origin, session } = useTalk();
  if ('url' in file) return <Stored file={file} address={new URL(file.url, origin)} />;
  const line = <FileLine name={file.name} size={file.size} />;
  return (
    <>
      {file.type.startsWith('image/') ? <LocalPicture bytes={() => session.picture(file.id)} name={file.name} other={line} /> : line}
      <Bar file={file} />
    </>
  );
}

/** How far it has come; nothing while it waits for its turn. */
function Bar({ file }: { file: EntryFile }): JSX.Element | null {
  const { say, session } = useTalk();
  const share = session.shown().progress.get(file.id);
  if (share === undefined) return null;
  return (
    <div
      class="bar"
      role="progressbar"
      aria-label={say('uploading', { name: file.name })}
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i ref={(line) => { if (line) line.style.transform = `scaleX(${String(share)})`; }} />
    </div>
  );
}

function Stored({ file, address }: { file: StoredFile; address: URL }): JSX.Element {
  const { look, origin, say } = useTalk();
  // The page's own policy may forbid pictures from our server: then the picture is a file like any other.
  const [isBroken, setBroken] = useState(false);
  const isPicture = file.image && !isBroken;
  const inside = isPicture ? (
    <img src={new URL(file.preview ?? file.url, origin).href} alt={file.name} loading="lazy" onError={() => { setBroken(true); }} />
  ) : (
    <FileLine name={file.name} size={file.size} />
  );
  if (!/^https?:$/.test(address.protocol)) return inside;
  if (isPicture) {
    return (
      <button type="button" class="picture" aria-label={say('picture', { name: file.name })} onClick={() => { look({ name: file.name, href: address.href }); }}>
        {inside}
      </button>
    );
  }
  return (
    <a
      class="file-link"
      href={address.href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={say('download', { name: file.name })}
    >
      {inside}
    </a>
  );
}

function FileLine({ name, size }: { name: string; size: number }): JSX.Element {
  const talk = useTalk();
  return (
    <span class="file">
      <LateIcon name="file" />
      <span class="grow">
        <span class="file-name cut">
          <bdi>{name}</bdi>
        </span>
        <span class="file-size">{talk.size(size)}</span>
      </span>
    </span>
  );
}
