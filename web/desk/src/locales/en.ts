import { nested } from './nested';

/** What frame and inbox say. One file per concept, or several in a folder of its name, so that concepts do not meet in one file. */
export default nested(import.meta.glob<{ default: Record<string, unknown> }>(['./en/**/*.ts', '!./en/pages/**'], { eager: true }));
