const WHITE = '#ffffff';
const INK = '#171c22';

function luminance(colour: string): number {
  const value = parseInt(colour.slice(1), 16);
  const [r, g, b] = [value >> 16, (value >> 8) & 255, value & 255].map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The text the widget puts on a colour, white or ink, and how well it can be read; null for what is no colour. */
export function contrastOf(colour: string): { text: string; ratio: number } | null {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return null;
  const text = contrast(colour, WHITE) >= contrast(colour, INK) ? WHITE : INK;
  return { text, ratio: contrast(colour, text) };
}
