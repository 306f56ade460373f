import { computed, nextTick, ref, watch, type Ref } from 'vue';
import { isComposing } from '../../ui/keys';
import { ALL, matching, type Emoji, type Kind } from './list';

interface Parts {
  box: Ref<HTMLElement | undefined>;
  choose: (sign: string) => void;
  leave: () => void;
}

/** One field searches and moves: arrows go through what is found, Enter takes it, Escape leaves. */
export function useEmojiPicker({ box, choose, leave }: Parts) {
  const query = ref('');
  const active = ref(0);
  const found = computed(() => matching(query.value));
  const groups = computed(() => {
    const kinds: (Kind | null)[] = query.value.trim() ? [null] : [...new Set(ALL.map((one) => one.kind))];
    return kinds.map((kind) => ({ kind, emoji: kind ? found.value.filter((one) => one.kind === kind) : found.value }));
  });
  const indexOf = computed(() => new Map<Emoji, number>(found.value.map((one, index) => [one, index])));
  watch(query, () => (active.value = 0));
  watch(active, (index) => void nextTick(() => optionAt(index)?.scrollIntoView({ block: 'nearest' })));

  const options = () => [...(box.value?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
  const optionAt = (index: number) => options()[index];

  /** The one above or below, by where they lie: rows end where a kind ends. */
  function beside(down: boolean): number {
    const all = options();
    const here = all[active.value];
    if (!here) return active.value;
    const rows = [...new Set(all.map((one) => one.offsetTop))];
    const row = rows[rows.indexOf(here.offsetTop) + (down ? 1 : -1)];
    const near = all.filter((one) => one.offsetTop === row).sort((one, other) => distance(one, here) - distance(other, here));
    return near[0] ? all.indexOf(near[0]) : active.value;
  }
  const distance = (one: HTMLElement, other: HTMLElement) => Math.abs(one.offsetLeft - other.offsetLeft);

  function along(step: number): number {
    const isRtl = box.value ? getComputedStyle(box.value).direction === 'rtl' : false;
    return Math.min(found.value.length - 1, Math.max(0, active.value + (isRtl ? -step : step)));
  }

  function keydown(event: KeyboardEvent): void {
    if (isComposing(event) || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter') {
      const emoji = found.value[active.value];
      if (emoji) choose(emoji.sign);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') active.value = beside(event.key === 'ArrowDown');
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') active.value = along(event.key === 'ArrowRight' ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return { query, active, found, groups, indexOf, keydown };
}
