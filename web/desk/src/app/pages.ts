import { computed, type Component } from 'vue';
import { useRoute } from 'vue-router';
import { Activity, ChartColumn, ClipboardList, Inbox, SlidersHorizontal, Users } from 'lucide-vue-next';
import type { Permission } from '../api/types';
import { waitingForMe } from '../concepts/conversations';
import { may } from '../concepts/session';

/** The pages of the main navigation, for the strip above and the bar of tabs below on a phone. */
interface Page {
  path: string;
  name: string;
  icon: Component;
  keys: string;
  /** Who does not have it does not see the page. */
  permission?: Permission;
}

const PAGES: readonly Page[] = [
  { path: '/inbox', name: 'app.inbox', icon: Inbox, keys: 'g i' },
  { path: '/contacts', name: 'app.contacts', icon: Users, keys: 'g c', permission: 'contact.read' },
  { path: '/records', name: 'app.records', icon: ClipboardList, keys: 'g r', permission: 'record.read' },
  { path: '/board', name: 'app.board', icon: Activity, keys: 'g b', permission: 'board.read' },
  { path: '/reports', name: 'app.reports', icon: ChartColumn, keys: 'g p', permission: 'report.read' },
  { path: '/settings', name: 'app.settings', icon: SlidersHorizontal, keys: 'g s' },
];

/** Those that the signed-in agent may open. */
export const openPages = () => PAGES.filter((page) => !page.permission || may(page.permission));

export function usePages() {
  const route = useRoute();
  return computed(() =>
    openPages().map((page) => ({
      ...page,
      current: route.path === page.path || route.path.startsWith(`${page.path}/`),
      count: page.path === '/inbox' ? waitingForMe.value : 0,
    })),
  );
}
