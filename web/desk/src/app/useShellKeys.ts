import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute, useRouter } from 'vue-router';
import { Keyboard, LogOut, MessageSquareDot } from 'lucide-vue-next';
import { nextWaiting } from '../concepts/conversations';
import { paramOf } from '../concepts/conversations/views';
import { signOut } from '../concepts/session';
import { toast, useCommand, useCommands, useProblemText } from '../ui';
import { openPages } from './pages';

/** What works on every page. */
export function useShellKeys(shown: { keysShown: Ref<boolean>; paletteShown: Ref<boolean> }): void {
  const { t } = useI18n();
  const route = useRoute();
  const router = useRouter();
  const problemText = useProblemText();

  function next(): void {
    const found = nextWaiting(String(route.params.id ?? ''));
    if (found) void router.push({ name: 'inbox', params: { view: paramOf(found.view), id: found.id } });
    else toast(t('app.nobodyWaits'));
  }

  async function leave(): Promise<void> {
    try {
      await signOut();
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    }
  }

  const group = 'app.everywhere';
  useCommands(() => openPages().map((page) => ({ name: page.name, keys: page.keys, icon: page.icon, group: 'app.goTo', run: () => void router.push(page.path) })));
  useCommand({ name: 'app.nextConversation', keys: 'g n', icon: MessageSquareDot, group: 'app.goTo', run: next });
  useCommand({ name: 'app.palette.title', keys: 'mod+k', group, inFields: true, keyOnly: true, run: () => (shown.paletteShown.value = true) });
  useCommand({ name: 'app.allKeys', keys: '?', icon: Keyboard, group, run: () => (shown.keysShown.value = true) });
  useCommand({ name: 'app.signOut', icon: LogOut, group, run: () => void leave() });
}
