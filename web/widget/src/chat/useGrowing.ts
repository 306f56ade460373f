import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

const GROWS_BY_ITSELF = CSS.supports('field-sizing', 'content');

/** The field is as high as its text, up to what the style allows. */
export function useGrowing(field: RefObject<HTMLTextAreaElement>, text: string): void {
  useLayoutEffect(() => {
    const box = field.current;
    if (GROWS_BY_ITSELF || !box) return;
    box.style.blockSize = 'auto';
    box.style.blockSize = `${String(box.scrollHeight)}px`;
  }, [field, text]);
}
