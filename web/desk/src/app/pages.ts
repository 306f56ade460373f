import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { ClipboardList, Inbox, SlidersHorizontal, Users } from 'lucide-vue-next';
import { waitingForMe } from '../concepts/conversations';

/** The pages of the main navigation, for the strip above and the bar of tabs below on a phone. */
const PAGES = [
  { path: '/inbox', name: 'app.inbox', icon: Inbox, keys: 'g i' },
  { path: '/contacts', name: 'app.contacts', icon: Users, keys: 'g c' },
  { path: '/records', name: 'app.records', icon: ClipboardList, keys: 'g r' },
  { path: '/settings', name: 'app.settings', icon: SlidersHorizontal, keys: 'g s' },
];

export function usePages() {
  const route = useRoute();
  return computed(() =>
    PAGES.map((page) => ({
      ...page,
      current: route.path === page.path || route.path.startsWith(`${page.path}/`),
      count: page.path === '/inbox' ? waitingForMe.value : 0,
    })),
  );
}

export { PAGES };
