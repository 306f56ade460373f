import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

const WIDEST = 480;

interface Props {
  bytes: () => Promise<Blob | null>;
  name: string;
  /** What to show when it is no picture that this browser can read. */
  other: JSX.Element;
}

/** A picture that is still in this browser. Painted, because a host's policy seldom allows blob: addresses. */
export function LocalPicture({ bytes, name, other }: Props): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isBroken, setBroken] = useState(false);

  useEffect(() => {
    paint(canvas.current, bytes).catch(() => {
      setBroken(true);
    });
    // The bytes never change under the same file.
  }, [name]);

  return isBroken ? other : <canvas ref={canvas} class="picture" role="img" aria-label={name} />;
}

async function paint(canvas: HTMLCanvasElement | null, bytes: () => Promise<Blob | null>): Promise<void> {
  const blob = await bytes();
  if (!canvas || !blob) throw new Error('no picture');
  const picture = await createImageBitmap(blob);
  const scale = Math.min(1, WIDEST / picture.width);
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
}
