/** What is filled in for a channel; of secrets that nobody changed, their names. */
export type Account = Record<string, string | number | boolean | string[]> | string[];

/** Which provider is chosen, where a kind of channel has several. */
export const providerIn = (settings: unknown): string => String((settings as { provider?: string } | undefined)?.provider ?? '');
