/** One file per concept, so that concepts do not meet in one file. */
const files = import.meta.glob<{ default: Record<string, unknown> }>('./en/*.ts', { eager: true });

export default Object.fromEntries(
  Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.ts$/g, ''), file.default]),
);
