import { computed, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute, useRouter } from 'vue-router';
import { pool } from '../../live/entities';
import { listsCame } from '../../live/load';
import { isAudible, play } from '../../ui/sounds';
import { inboxKnown } from '../conversations';
import { preferences, session } from '../session';
import { alertsBetween, mentionsBetween, standingsOf, unreadOf, type Alert } from './alerts';
import { claim } from './claiming';

/** A sound, and a notification of the browser, when something new comes; nothing for what is being looked at. */
export function useAlerts(): void {
  const { t } = useI18n();
  const route = useRoute();
  const router = useRouter();
  // The first list is not news.
  const standings = computed(() => (inboxKnown.value ? standingsOf(pool.conversation.values(), session.agentId) : null));
  const mentions = computed(() => (listsCame.value ? unreadOf(pool.mention.values()) : null));
  const isInView = (id: string) => route.params.id === id && document.hasFocus();

  function notify({ kind, id, mention }: Alert): void {
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    const row = pool.conversation.get(id);
    const name = mention?.by_name || row?.contact_name || t('conversations.visitor');
    const body = mention ? pool.message.get(mention.message_id)?.text : row?.last_text;
    const shown = new Notification(t(`app.alerts.${kind}`, { name }), { body: body ?? '', tag: id });
    shown.onclick = () => {
      window.focus();
      shown.close();
      void router.push({ name: 'inbox', params: { view: mention ? 'mentions' : 'mine', id } });
    };
  }

  /** Of several windows of one agent, one says it: the one that is looked at, else one that may be heard. */
  async function tell(news: readonly Alert[]): Promise<void> {
    if (!news.length) return;
    const claimed = await Promise.all(news.map((alert) => claim(alert.mark, isInView(alert.id) || isAudible())));
    const wanted = preferences.value;
    if (!wanted) return;
    const told = news.filter((alert, at) => claimed[at] && !isInView(alert.id));
    const [first] = told;
    if (first) play(wanted[`sound_${first.kind}`], wanted.sound_volume);
    for (const alert of told) if (wanted[`notify_${alert.kind}`]) notify(alert);
  }

  watch(standings, (now, before) => {
    if (now && before) void tell(alertsBetween(before, now));
  });
  watch(mentions, (now, before) => {
    if (now && before) void tell(mentionsBetween(before, now));
  });
}
