import type { SelectOption } from './UiSelect.vue';

/** Where this browser stands. */
export const zoneHere = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** All time zones, by continent, and the one that is chosen although this browser would not list it. */
export function zoneOptions(chosen = 'UTC'): SelectOption[] {
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), chosen]);
  return [...names].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' '), group: zone.includes('/') ? zone.split('/')[0]! : '' }));
}

/** Cities have names in English only; to other languages the browser says whose time it is, where it has a word for that. */
function placeIn(zone: string, language: string): string {
  const city = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  if (/^en\b/.test(language)) return city;
  const named = (['shortGeneric', 'longGeneric'] as const).map((timeZoneName) =>
    new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName }).formatToParts().find((part) => part.type === 'timeZoneName')?.value ?? '',
  );
  return named.find((name) => name && !/^[A-Z]+([+-]|$)/.test(name)) ?? city;
}

/** What the clock on somebody's wall says, and where that is: 14:34, London. Nothing for a zone this browser has never heard of. */
export function clockIn(zone: string, at: number, language: string): { time: string; place: string } | null {
  try {
    const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone });
    return { time: clock.format(at), place: placeIn(zone, language) };
  } catch {
    return null;
  }
}
