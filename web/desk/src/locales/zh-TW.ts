import { nested } from './nested';

/** What frame and inbox say. One file per concept, or several in a folder of its name, so that concepts do not meet in one file. */
export default nested(import.meta.glob<{ default: Record<string, unknown> }>(['./zh-TW/**/*.ts', '!./zh-TW/pages/**'], { eager: true }));
