/** How many days a period goes back, today included; nothing is all there is. */
export const PERIODS = { today: 1, week: 7, month: 30, quarter: 90, all: 0 } as const;
export type Period = keyof typeof PERIODS;

export const isPeriod = (value: unknown): value is Period => typeof value === 'string' && Object.hasOwn(PERIODS, value);

/** The midnight at which a period begins, by the clock of the one who looks. */
export function beginOf(period: Period, now: Date): string | undefined {
  const days = PERIODS[period];
  return days ? new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1).toISOString() : undefined;
}
