import { onScopeDispose, watch, type Ref } from 'vue';
import { isAudible, play } from '../../ui/sounds';
import { claim } from '../alerts/claiming';
import { preferences } from '../session';

const EVERY = 2500;

/** Rings while there is something to ring for; of several windows of one agent, in one. */
export function useRinging(mark: Ref<string | null>): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const ring = () => play('ring', preferences.value?.sound_volume ?? 0);

  watch(
    mark,
    async (wanted) => {
      clearInterval(timer);
      if (!wanted || !(await claim(wanted, isAudible())) || mark.value !== wanted) return;
      ring();
      timer = setInterval(ring, EVERY);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearInterval(timer));
}
