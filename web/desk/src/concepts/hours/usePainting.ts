import { computed, ref, type Ref } from 'vue';
import { DAY, paint, spanOf, STEP, type Brush, type Shown, type Week } from './week';

export interface Stroke {
  day: number;
  from: number;
  to: number;
}

/** Painting the week: with the mouse over one day or over several, and with the keys on a period. */
export function usePainting(week: Ref<Week>, brush: Ref<Brush>, set: (week: Week) => void) {
  const begun = ref<{ day: number; at: number } | null>(null);
  const stroke = ref<{ days: [number, number]; from: number; to: number } | null>(null);
  const isPainting = computed(() => stroke.value !== null);

  function minuteAt(event: PointerEvent, lane: Element): number {
    const box = lane.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const ahead = getComputedStyle(lane).direction === 'rtl' ? 1 - share : share;
    return Math.max(0, Math.min(DAY, ahead * DAY));
  }

  function begin(event: PointerEvent, day: number): void {
    if (event.button !== 0) return;
    const lane = event.currentTarget as Element;
    begun.value = { day, at: minuteAt(event, lane) };
    lane.setPointerCapture(event.pointerId);
  }

  function move(event: PointerEvent): void {
    if (!begun.value) return;
    const lane = event.currentTarget as Element;
    const { day, at } = begun.value;
    const now = minuteAt(event, lane);
    if (!stroke.value && Math.abs(now - at) < STEP / 2) return;
    const box = lane.getBoundingClientRect();
    const other = Math.max(0, Math.min(6, day + Math.floor((event.clientY - box.top) / box.height)));
    const [from, to] = [Math.min(at, now), Math.max(at, now)];
    const begins = Math.round(from / STEP) * STEP;
    stroke.value = {
      days: [Math.min(day, other), Math.max(day, other)],
      from: begins,
      to: Math.max(begins + STEP, Math.round(to / STEP) * STEP),
    };
  }

  /** Whether something was painted; else it was a click. */
  function end(): boolean {
    const done = stroke.value;
    begun.value = stroke.value = null;
    if (!done) return false;
    let painted = week.value;
    for (let day = done.days[0]; day <= done.days[1]; day += 1) painted = paint(painted, day, done.from, done.to, brush.value);
    set(painted);
    return true;
  }

  const strokeOn = (day: number): Stroke | null =>
    stroke.value && day >= stroke.value.days[0] && day <= stroke.value.days[1] ? { day, ...stroke.value } : null;

  /** Arrows move the end of a period, with Shift its start; Delete takes it away. */
  function press(event: KeyboardEvent, shown: Shown): void {
    const { from, to, kind } = spanOf(shown.period);
    const by = event.key === 'ArrowRight' ? STEP : event.key === 'ArrowLeft' ? -STEP : 0;
    const isGone = event.key === 'Delete' || event.key === 'Backspace';
    if (!by && !isGone) return;
    event.preventDefault();
    const without = paint(week.value, shown.day, from, to, 'erase');
    if (isGone) return set(without);
    const begins = event.shiftKey ? Math.max(0, from + by) : from;
    const ends = event.shiftKey ? to : to + by;
    if (ends > begins && ends - begins <= DAY) set(paint(without, shown.day, begins, ends, kind));
  }

  return { begin, move, end, press, strokeOn, isPainting };
}
