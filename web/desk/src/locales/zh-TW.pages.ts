import { nested } from './nested';

/** What all other pages say, in files as beside. */
export default nested(import.meta.glob<{ default: Record<string, unknown> }>('./zh-TW/pages/**/*.ts', { eager: true }));
