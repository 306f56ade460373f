import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ReasonOut } from '../../api/types';
import { pool } from '../../live/entities';

export interface Choice {
  id: string;
  label: string;
  /** Switched off by an administrator: old records still carry it. */
  off: boolean;
}
export interface ChoiceGroup {
  id: string;
  label: string;
  options: Choice[];
}

const byPosition = (one: { position: number; label: string }, other: { position: number; label: string }) =>
  one.position - other.position || one.label.localeCompare(other.label);

/** Reasons under their headings, both in the administrator's order. */
export function reasonGroups(keep: (reason: ReasonOut) => boolean = () => true): ChoiceGroup[] {
  const all = [...pool.reason.values()].sort(byPosition);
  return all
    .filter((heading) => heading.parent_id === null)
    .map((heading) => ({
      id: heading.id,
      label: heading.label,
      options: all
        .filter((reason) => reason.parent_id === heading.id && keep(reason))
        .map((reason) => ({ id: reason.id, label: reason.label, off: !reason.active || !heading.active })),
    }))
    .filter((group) => group.options.length > 0);
}

export function resultGroups(): ChoiceGroup[] {
  const groups = new Map<string, Choice[]>();
  for (const result of [...pool.result.values()].sort(byPosition)) {
    const options = groups.get(result.category) ?? [];
    groups.set(result.category, [...options, { id: result.id, label: result.label, off: !result.active }]);
  }
  return [...groups].map(([label, options]) => ({ id: label, label, options }));
}

/** What each filter of the list can be set to. */
export function useChoices() {
  const { t, te } = useI18n();
  const flat = (rows: Iterable<{ id: string; name: string; active: boolean }>): ChoiceGroup[] => [
    {
      id: '',
      label: '',
      options: [...rows]
        .map((row) => ({ id: row.id, label: row.name, off: !row.active }))
        .sort((one, other) => one.label.localeCompare(other.label)),
    },
  ];
  const kindName = (kind: string) => (te(`common.channelKind.${kind}`) ? t(`common.channelKind.${kind}`) : kind);

  return {
    result: computed(resultGroups),
    reason: computed(() => reasonGroups()),
    category: computed(() => flat(pool.category.values())),
    owner: computed(() => flat(pool.owner.values())),
    handler: computed(() => flat(pool.agent.values())),
    team: computed(() => flat(pool.team.values())),
    kind: computed(() => {
      const kinds = [...new Set([...pool.channel.values()].map((channel) => channel.kind))];
      return flat(kinds.map((kind) => ({ id: kind, name: kindName(kind), active: true })));
    }),
    state: computed(() =>
      flat((['open', 'wrap_up', 'completed'] as const).map((id) => ({ id, name: t(`records.state.${id}`), active: true }))),
    ),
  };
}
