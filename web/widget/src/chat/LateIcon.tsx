import type { JSX } from 'preact';
import { drawn, type Size } from './Icon';

/** Those that only the parts show which come later. */
const PATHS = {
  file: 'M14 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8L14 3.5V8h4.5',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4',
  'bell-off': 'M6 16.5V11a6 6 0 0 1 1-3.3M9.5 5.6A6 6 0 0 1 18 11v4M4.5 18H16M3.5 3.5l17 17M10 20.5h4',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  x: 'M6 6l12 12M18 6L6 18',
} as const;

export type LateIconName = keyof typeof PATHS;

export const LateIcon = ({ name, size }: { name: LateIconName; size?: Size }): JSX.Element => drawn(name, PATHS[name], size);
