import { computed, type ComputedRef } from 'vue';
import type { TeamOut } from '../../api/types';
import { pool } from '../../live/entities';

/** The teams that serve, by name. */
export function useTeams(): ComputedRef<TeamOut[]> {
  return computed(() => [...pool.team.values()].filter((team) => team.active).sort((one, other) => one.name.localeCompare(other.name)));
}
