type Texts = Record<string, unknown>;

/** The texts of `./en/settings.ts` under `settings`, those of `./en/settings/teams.ts` among them under `teams`; `pages` is no level. */
export function nested(files: Record<string, { default: Texts }>): Record<string, Texts> {
  const all: Record<string, Texts> = {};
  for (const [path, file] of Object.entries(files)) {
    const [concept = '', part] = path.replace(/^\.\/[^/]+\/(pages\/)?|\.ts$/g, '').split('/');
    all[concept] = { ...all[concept], ...(part ? { [part]: file.default } : file.default) };
  }
  return all;
}
