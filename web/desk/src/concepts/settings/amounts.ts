const GIGABYTE = 1e9;

/** What was written as gigabytes, in bytes: nothing for an empty field, `undefined` for what is no amount. */
export function bytesOf(given: string): number | null | undefined {
  const text = given.trim();
  if (!text) return null;
  if (!/^(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?$/.test(text)) return undefined;
  return Math.round(Number(text.replaceAll(',', '')) * GIGABYTE);
}

export const gigabytesOf = (bytes: number | null) => (bytes === null ? '' : String(bytes / GIGABYTE));
