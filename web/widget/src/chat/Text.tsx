import type { JSX } from 'preact';

const ADDRESS = /(https?:\/\/[^\s<>"'`。，、！？；：）】」』]+[^\s<>"'`.,!?;:)\]。，、！？；：）】」』])/;

/** What people write, with addresses made into links. */
export function Text({ text }: { text: string }): JSX.Element {
  return (
    <>
      {text.split(ADDRESS).map((part, i) =>
        i % 2 ? (
          <a key={i} href={part} target="_blank" rel="noopener noreferrer nofollow">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
