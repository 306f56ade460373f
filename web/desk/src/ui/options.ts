import { computed, ref, useId, type Ref } from 'vue';

/**
 * The option that Enter would take in a list that a field looks through. The focus stays in the field; readers are told
 * by `aria-activedescendant`.
 */
export function useActiveOption(size: Ref<number>) {
  const listId = useId();
  const chosen = ref(0);
  const at = computed(() => Math.min(chosen.value, Math.max(0, size.value - 1)));
  const idOf = (index: number) => `${listId}-${index}`;
  const activeId = computed(() => (size.value ? idOf(at.value) : undefined));

  function stand(index: number): void {
    chosen.value = index;
  }

  function move(by: number): void {
    if (!size.value) return;
    chosen.value = (at.value + by + size.value) % size.value;
    document.getElementById(idOf(chosen.value))?.scrollIntoView({ block: 'nearest' });
  }

  return { listId, at, activeId, idOf, stand, move };
}
