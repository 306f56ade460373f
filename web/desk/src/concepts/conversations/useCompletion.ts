import { computed, nextTick, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';
import { isComposing } from '../../ui/keys';
import { triggerAt, replaceIn, type Sign, type Trigger } from './completion';
import type { Writing } from './writings';

export interface Offer {
  id: string;
  /** What comes in the place of what was typed. */
  text: string;
  /** Something to do besides, when it was chosen. */
  chosen?: () => void;
}

interface Parts {
  field: Ref<HTMLTextAreaElement | undefined>;
  writing: Ref<Writing>;
  signs: () => readonly Sign[];
  /** What fits, the best first. */
  offers: (trigger: Trigger) => readonly Offer[];
}

/** What is typed after a sign is completed from a list: arrows choose, Enter or Tab takes, Escape lets it be. */
export function useCompletion({ field, writing, signs, offers }: Parts) {
  const caret = ref(0);
  const focused = ref(false);
  /** The place of a sign that was let be; another one is offered again. */
  const letBe = ref<number | null>(null);
  const active = ref(0);

  const trigger = computed(() => (focused.value ? triggerAt(writing.value.text, caret.value, signs()) : null));
  const found = computed(() => (trigger.value && trigger.value.from !== letBe.value ? offers(trigger.value) : []));
  const open = computed(() => found.value.length > 0);

  function track(): void {
    focused.value = document.activeElement === field.value;
    if (focused.value && field.value) caret.value = field.value.selectionStart === field.value.selectionEnd ? field.value.selectionEnd : -1;
  }
  onMounted(() => document.addEventListener('selectionchange', track));
  onBeforeUnmount(() => document.removeEventListener('selectionchange', track));
  watch(() => writing.value.text, () => void nextTick(track));
  watch(
    () => trigger.value?.from,
    () => (letBe.value = null),
  );
  watch(
    () => `${trigger.value?.sign}${trigger.value?.query}`,
    () => (active.value = 0),
  );
  watch(active, (index) => void nextTick(() => document.getElementById(`completion-${index}`)?.scrollIntoView({ block: 'nearest' })));

  function choose(index: number): void {
    const offer = found.value[index];
    if (!offer || !trigger.value || !field.value) return;
    replaceIn(field.value, trigger.value.from, caret.value, offer.text);
    offer.chosen?.();
  }

  function keydown(event: KeyboardEvent): void {
    if (!open.value || isComposing(event) || event.metaKey || event.ctrlKey || event.altKey) return;
    const last = found.value.length - 1;
    if (event.key === 'ArrowDown') active.value = active.value >= last ? 0 : active.value + 1;
    else if (event.key === 'ArrowUp') active.value = active.value <= 0 ? last : active.value - 1;
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) choose(active.value);
    else if (event.key === 'Escape') letBe.value = trigger.value?.from ?? null;
    else return;
    event.preventDefault();
  }

  /** A button does what typing the sign does; pressed again, it takes it back. */
  function begin(sign: Sign): void {
    const element = field.value;
    if (!element) return;
    if (open.value && trigger.value?.sign === sign) {
      replaceIn(element, trigger.value.from, caret.value, '');
      return;
    }
    const at = element.selectionEnd;
    const before = writing.value.text.slice(0, at);
    letBe.value = null;
    replaceIn(element, element.selectionStart, at, triggerAt(before + sign, before.length + 1, [sign]) ? sign : ` ${sign}`);
  }

  return { trigger, found, open, active, choose, keydown, track, begin };
}
