import type { SelectOption } from './UiSelect.vue';

/** Where this browser stands. */
export const zoneHere = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** All time zones, by continent, and the one that is chosen although this browser would not list it. */
export function zoneOptions(chosen = 'UTC'): SelectOption[] {
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), chosen]);
  return [...names].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' '), group: zone.includes('/') ? zone.split('/')[0]! : '' }));
}
