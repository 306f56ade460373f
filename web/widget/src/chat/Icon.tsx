import type { JSX } from 'preact';

/** Lines on a grid of 24, by the names of Lucide; a dot is a line of no length. */
const PATHS = {
  'arrow-up': 'M12 19V5M6 11l6-6 6 6',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  alert: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M12 7.7v4.8M12 15.8v.01',
  'check-check': 'M2 12.8l4.2 4.2 9-9.5M11.8 16.1l.9.9 9.3-9.5',
  clock: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M12 7.5V12l3 2',
  ellipsis: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  paperclip: 'M20 11.3l-8.3 8.3a5 5 0 0 1-7.1-7.1l8.4-8.3a3.4 3.4 0 0 1 4.8 4.8L9.5 17.2a1.7 1.7 0 0 1-2.4-2.4l7.7-7.6',
  smile: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M8.5 14a4.4 4.4 0 0 0 7 0M9 9.7v.01M15 9.7v.01',
  speech: 'M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v9.5A1.5 1.5 0 0 1 19 17H8.5l-5 4V6A1.5 1.5 0 0 1 5 4.5z',
  'wifi-off':
    'M3.5 3.5l17 17M9 16a4.5 4.5 0 0 1 6-.4M5 12.5a9.5 9.5 0 0 1 4-2.6M2 9a14 14 0 0 1 4-2.8M10.5 5A14 14 0 0 1 22 9M14.5 9.8a9.5 9.5 0 0 1 4.5 2.7M12 19v.01',
  x: 'M6 6l12 12M18 6L6 18',
} as const;

export type IconName = keyof typeof PATHS;
export type Size = 'small' | 'large' | undefined;

export const drawn = (name: string, path: string, size: Size): JSX.Element => (
  <svg viewBox="0 0 24 24" aria-hidden="true" data-icon={name} data-size={size}>
    <path d={path} />
  </svg>
);

export const Icon = ({ name, size }: { name: IconName; size?: Size }): JSX.Element => drawn(name, PATHS[name], size);
