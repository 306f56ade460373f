import { computed, inject, provide, ref, type InjectionKey, type Ref } from 'vue';
import type { MessageOut } from '../../api/types';

const LOOK_AT: InjectionKey<(id: string) => void> = Symbol('look at a picture');

/** The pictures of a log in their order, and which one of them is looked at. */
export function useLightbox(messages: Ref<readonly MessageOut[]>) {
  const shown = ref<string | null>(null);
  const pictures = computed(() => messages.value.flatMap((one) => one.files.filter((file) => file.image)));
  provide(LOOK_AT, (id) => (shown.value = id));
  return { shown, pictures };
}

export const useLookAt = () => inject(LOOK_AT, () => {});
