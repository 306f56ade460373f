/** The owner brings one colour; what stands on it and beside it is worked out here. */

export const WHITE = '#ffffff';
export const INK = '#171c22';
const FALLBACK = '#215aca';
const GROUNDS = { light: '#ffffff', dark: '#15171a' } as const;
const READABLE = 4.5;
const VISIBLE = 1.5;

export type Theme = keyof typeof GROUNDS;
type Rgb = [number, number, number];

function parts(hex: string): Rgb {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function luminance(hex: string): number {
  const [r, g, b] = parts(hex).map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The ratio of WCAG 2: 1 is the same, 21 is black on white. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

export function mix(one: string, other: string, share: number): string {
  const to = parts(other);
  const mixed = parts(one).map((part, i) => Math.round(part + ((to[i] ?? 0) - part) * share));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** White or ink, whichever can be read better on this ground. */
export function textOn(ground: string): string {
  return contrast(WHITE, ground) >= contrast(INK, ground) ? WHITE : INK;
}

/** The colour itself, or as little darker or lighter as it takes to be read on this ground. */
export function readableOn(ground: string, colour: string): string {
  const end = textOn(ground);
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(colour, end, share);
    if (contrast(candidate, ground) >= READABLE) return candidate;
  }
  return end;
}

export function palette(brandColour: string, theme: Theme): Record<string, string> {
  const brand = /^#[0-9a-f]{6}$/i.test(brandColour) ? brandColour : FALLBACK;
  const ground = GROUNDS[theme];
  const soft = mix(ground, brand, 0.1);
  return {
    '--brand': brand,
    '--on-brand': textOn(brand),
    '--brand-soft': soft,
    '--brand-ink': readableOn(soft, readableOn(ground, brand)),
    // A bubble nearly as light or dark as the ground needs an edge.
    '--brand-edge': contrast(brand, ground) < VISIBLE ? 'var(--color-line-strong)' : 'transparent',
  };
}
