import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ReasonOut, ResultOut } from '../../api/types';
import { pool } from '../../live/entities';

export interface Choice {
  id: string;
  label: string;
  /** Switched off by an administrator: old records still carry it. */
  off: boolean;
  /** The kind of channel whose mark stands before it. */
  mark?: string;
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

/** On which services a result is offered: those limited to some kinds on these only. */
export function appliesTo(result: ResultOut, service: { direction: string; channel_kind: string }): boolean {
  const way = service.channel_kind === 'phone' ? 'phone' : 'messaging';
  const limitedTo = (kinds: readonly string[]) => result.applies_to.filter((kind) => kinds.includes(kind));
  return [
    { kinds: limitedTo(['inbound', 'outbound']), is: service.direction },
    { kinds: limitedTo(['phone', 'messaging']), is: way },
  ].every(({ kinds, is }) => !kinds.length || kinds.some((kind) => kind === is));
}

export function resultGroups(keep: (result: ResultOut) => boolean = () => true): ChoiceGroup[] {
  const groups = new Map<string, Choice[]>();
  for (const result of [...pool.result.values()].filter(keep).sort(byPosition)) {
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
    result: computed(() => resultGroups()),
    reason: computed(() => reasonGroups()),
    category: computed(() => flat(pool.category.values())),
    owner: computed(() => flat(pool.owner.values())),
    handler: computed(() => flat(pool.agent.values())),
    team: computed(() => flat(pool.team.values())),
    kind: computed(() => {
      const kinds = [...new Set([...pool.channel.values()].map((channel) => channel.kind))];
      return flat(kinds.map((kind) => ({ id: kind, name: kindName(kind), active: true }))).map((group) => ({
        ...group,
        options: group.options.map((one) => ({ ...one, mark: one.id })),
      }));
    }),
    rating: computed(() =>
      flat([5, 4, 3, 2, 1].map((stars) => ({ id: String(stars), name: t('records.stars', { n: stars }, stars), active: true }))).map((group) => ({
        ...group,
        options: group.options.sort((one, other) => Number(other.id) - Number(one.id)),
      })),
    ),
    state: computed(() =>
      flat((['open', 'wrap_up', 'completed'] as const).map((id) => ({ id, name: t(`records.state.${id}`), active: true }))),
    ),
  };
}
