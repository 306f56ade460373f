import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { pool } from '../../live/entities';
import { useFormat } from '../../ui';
import type { Resource, Words } from './schema';

/** The texts of the page's language, for declarations. */
export function useWords(): Words {
  const { t } = useI18n();
  const format = useFormat();
  return { t, list: format.list, number: format.number };
}

/** The rows of a list in their order; those that stand under another one follow it, one step in. */
export function useRows(resource: Resource) {
  const words = useWords();

  const rows = computed(() => {
    const order = resource.order ?? ((one, other) => resource.name(one, words).localeCompare(resource.name(other, words)));
    const all = [...pool[resource.kind].values()].sort(order);
    const under = resource.under;
    if (!under) return all.map((row) => ({ row, depth: 0 }));
    return all
      .filter((row) => under(row) === null)
      .flatMap((row) => [{ row, depth: 0 }, ...all.filter((one) => under(one) === row.id).map((one) => ({ row: one, depth: 1 }))]);
  });

  return { rows, words };
}
