import { computed, ref, watch } from 'vue';
import { useRouter } from 'vue-router';
import { pool } from '../../live/entities';
import { now, toast, useProblemText } from '../../ui';
import { changeConversation } from '../conversations';
import { session } from '../session';
import { firstOf, leftOf } from './offers';
import { useRinging } from './ringing';

/** What rings for me now: the offer that ends first. There is one thing to do with it. */
export function useOffer() {
  const router = useRouter();
  const problemText = useProblemText();
  const offer = computed(() => firstOf(pool.conversation.values(), session.agentId));
  const left = computed(() => (offer.value ? leftOf(offer.value, now.value) : { seconds: 0, share: 0 }));
  const busy = ref(false);
  const muted = ref('');
  const isMuted = computed(() => offer.value !== null && muted.value === offer.value.id);
  useRinging(computed(() => (offer.value && !isMuted.value ? `offer ${offer.value.id} ${offer.value.offered_until}` : null)));

  async function answer(what: 'connect' | 'decline'): Promise<void> {
    const id = offer.value?.id;
    if (!id || busy.value) return;
    busy.value = true;
    try {
      await changeConversation(id, what);
      if (what === 'connect') await router.push({ name: 'inbox', params: { view: 'mine', id } });
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    } finally {
      busy.value = false;
    }
  }

  function mute(): void {
    muted.value = offer.value?.id ?? '';
  }
  watch(
    () => offer.value?.id,
    () => (muted.value = ''),
  );
  return { offer, left, busy, isMuted, mute, answer };
}
