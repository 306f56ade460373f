import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

const PHONE = matchMedia('(max-width: 39.99rem)');

/** On a phone the chat is the whole screen: exactly the part of it that the on-screen keyboard leaves free. */
export function usePhone(panel: RefObject<HTMLElement>, isOpen: boolean): boolean {
  const [isPhone, setPhone] = useState(PHONE.matches);

  useLayoutEffect(() => {
    const heard = (): void => {
      setPhone(PHONE.matches);
    };
    PHONE.addEventListener('change', heard);
    return () => {
      PHONE.removeEventListener('change', heard);
    };
  }, []);

  useLayoutEffect(() => {
    const view = window.visualViewport;
    const box = panel.current;
    if (!isPhone || !isOpen || !view || !box) return;
    const fit = (): void => {
      box.style.insetBlockStart = `${String(view.offsetTop)}px`;
      box.style.blockSize = `${String(view.height)}px`;
    };
    fit();
    view.addEventListener('resize', fit);
    view.addEventListener('scroll', fit);
    return () => {
      view.removeEventListener('resize', fit);
      view.removeEventListener('scroll', fit);
      box.style.insetBlockStart = box.style.blockSize = '';
    };
  }, [panel, isPhone, isOpen]);

  return isPhone;
}
