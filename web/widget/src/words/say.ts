export type Values = Record<string, string | number>;

/** Fills `{name}` in a text; with `n`, the form `key_one` is taken where the language has one. */
export function speaker<Key extends string>(texts: Record<Key, string>, locale: string): (key: Key, values?: Values) => string {
  const plural = new Intl.PluralRules(locale);
  return (key, values = {}) => {
    const single = (texts as Record<string, string | undefined>)[`${key}_one`];
    const text = single && typeof values.n === 'number' && plural.select(values.n) === 'one' ? single : texts[key];
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}
