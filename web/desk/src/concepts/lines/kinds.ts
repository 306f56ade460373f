import { computed, ref, shallowRef } from 'vue';
import { api } from '../../api/client';
import type { KindOut } from '../../api/types';

const kinds = shallowRef<readonly KindOut[]>([]);
const asked = ref(false);

/** The kinds of channels that can be set up: asked for once, they change with the server only. */
export function useKinds() {
  if (!asked.value) {
    asked.value = true;
    api.get<KindOut[]>('/api/channel-kinds').then(
      (all) => (kinds.value = all),
      () => (asked.value = false),
    );
  }
  const byName = computed(() => new Map(kinds.value.map((one) => [one.kind as string, one])));
  return { kinds, byName };
}
