import { computed, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute, useRouter } from 'vue-router';
import { pool } from '../../live/entities';
import { play } from '../../ui/sounds';
import { inboxKnown } from '../conversations';
import { preferences, session } from '../session';
import { alertsBetween, standingsOf, type Alert } from './alerts';

/** A sound, and a notification of the browser, when something new comes; nothing for what is being looked at. */
export function useAlerts(): void {
  const { t } = useI18n();
  const route = useRoute();
  const router = useRouter();
  // The first list is not news.
  const standings = computed(() => (inboxKnown.value ? standingsOf(pool.conversation.values(), session.agentId) : null));
  const isInView = (id: string) => route.params.id === id && document.hasFocus();

  function notify({ kind, id }: Alert): void {
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    const row = pool.conversation.get(id);
    const name = row?.contact_name || t('conversations.visitor');
    // The same tag from several windows of the desk is one notification.
    const shown = new Notification(t(`settings.alerts.title.${kind}`, { name }), { body: row?.last_text ?? '', tag: id });
    shown.onclick = () => {
      window.focus();
      shown.close();
      void router.push({ name: 'inbox', params: { view: 'mine', id } });
    };
  }

  watch(standings, (now, before) => {
    const wanted = preferences.value;
    if (!now || !before || !wanted) return;
    const news = alertsBetween(before, now).filter((alert) => !isInView(alert.id));
    const [first] = news;
    if (first) play(wanted[`sound_${first.kind}`], wanted.sound_volume);
    for (const alert of news) if (wanted[`notify_${alert.kind}`]) notify(alert);
  });
}
