import { ref, watch, type Ref } from 'vue';
import { api } from '../../api/client';
import type { PointsOut } from '../../api/types';
import { pool } from '../../live/entities';
import { toast, useProblemText } from '../../ui';

/** The contact points of a contact and those that may be theirs; fetched anew whenever the contact changes. */
export function usePoints(contactId: Ref<string>) {
  const problemText = useProblemText();
  const points = ref<PointsOut>({ linked: [], suggested: [], unused: [] });
  const busy = ref(false);
  const address = (pointId = '') => `/api/contacts/${encodeURIComponent(contactId.value)}/points${pointId && `/${pointId}`}`;

  async function run(ask: () => Promise<PointsOut>, quietly = false): Promise<void> {
    busy.value = !quietly;
    try {
      points.value = await ask();
    } catch (error) {
      if (!quietly) toast(problemText(error), { tone: 'bad' });
    } finally {
      busy.value = false;
    }
  }

  watch([contactId, () => pool.contact.get(contactId.value)], () => void run(() => api.get<PointsOut>(address()), true), { immediate: true });
  const join = (pointId: string) => run(() => api.put<PointsOut>(address(pointId)));
  const part = (pointId: string) => run(() => api.delete<PointsOut>(address(pointId)));
  return { points, busy, join, part };
}
