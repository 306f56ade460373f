import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

import { useTalk } from './talk';

const STOPS = 'button:not(:disabled), textarea, input:not([type="file"]), select, a[href], [tabindex="0"]';

/** The keyboard stays in the open chat until Esc; opening it leads to the field at once. */
export function useFocusInside(panel: RefObject<HTMLElement>, isOpen: boolean, takesFocus: boolean): (event: KeyboardEvent) => void {
  const { close } = useTalk();

  useLayoutEffect(() => {
    if (!isOpen || !takesFocus) return;
    // On a touch screen the keyboard would cover what was written so far.
    const field = matchMedia('(pointer: coarse)').matches ? null : panel.current?.querySelector<HTMLElement>('.form .input, textarea');
    (field ?? panel.current)?.focus();
  }, [panel, isOpen, takesFocus]);

  return (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
    if (event.key !== 'Tab' || !panel.current) return;
    const stops = [...panel.current.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.getClientRects().length > 0);
    const from = (panel.current.getRootNode() as ShadowRoot).activeElement;
    const [start, end] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (from !== start && from !== panel.current) return;
    if (from === panel.current && !event.shiftKey) return;
    event.preventDefault();
    end?.focus();
  };
}
