import { useI18n } from 'vue-i18n';
import type { ConversationOut, EventOut, MessageOut, RecordOut } from '../../api/types';
import { pool } from '../../live/entities';
import { useFormat } from '../../ui';
import { session } from '../session';

/** The contact's name, or what we call somebody who has not said it. */
export function useContactName(): (conversation: ConversationOut) => string {
  const { t } = useI18n();
  return (conversation) => conversation.contact_name || t('conversations.visitor');
}

/** Who wrote something; of our side nobody is named who wrote outside of Helpline. */
export function useAuthorName(): (author: MessageOut['author']) => string {
  const { t } = useI18n();
  return (author) => author.name || t(author.kind === 'agent' ? 'conversations.elsewhere' : 'conversations.visitor');
}

/** The last line of a list row, with who said it when it was one of us. */
export function useLastLine(): (conversation: ConversationOut) => string {
  const { t, te } = useI18n();
  /** Its words; where it has none of its own, what it is in ours. */
  function whatIsSaid({ last_text, last_holds, subject }: ConversationOut): string {
    const held = `conversations.holds.${last_holds}`;
    if (last_holds && te(held)) return last_text ? t('conversations.holds.named', { what: t(held), name: last_text }) : t(held);
    return subject && last_text && last_text !== subject ? t('conversations.aboutSaid', { subject, text: last_text }) : last_text || t('conversations.sentFile');
  }
  return (conversation) => {
    const text = whatIsSaid(conversation);
    if (conversation.last_by !== 'agent') return text;
    const author = lastAgentOf(conversation.id);
    const mine = author ? author.id === session.agentId : conversation.agent_id === session.agentId;
    if (mine) return t('conversations.youSaid', { text });
    return author ? t('conversations.someoneSaid', { name: author.name, text }) : text;
  };
}

function lastAgentOf(conversationId: string): { id: string | null; name: string } | null {
  for (const id of [...(pool.log.get(conversationId) ?? [])].reverse()) {
    const message = pool.message.get(id);
    if (message && !message.event && message.visibility === 'public') return message.author.kind === 'agent' ? message.author : null;
  }
  return null;
}

/** "Result and reasons are missing", from what the channel category asks for. */
export function useMissing(): (record: RecordOut) => string {
  const { t, locale } = useI18n();
  const format = useFormat();
  return (record) => {
    const has = {
      result: record.result !== null,
      reasons: record.reasons.length > 0,
      notes: record.notes.trim() !== '',
      contact: record.contact_id !== null,
    };
    const missing = record.requires.filter((one) => !has[one]).map((one) => t(`conversations.fields.${one}`));
    if (!missing.length) return t('conversations.readyToComplete');
    const sentence = t('conversations.missing', { what: format.list(missing) }, missing.length);
    return sentence.charAt(0).toLocaleUpperCase(locale.value) + sentence.slice(1);
  };
}

/** An event of the log in a sentence. */
export function useEventText(): (event: EventOut) => string {
  const { t, te } = useI18n();
  const format = useFormat();
  const who = (id: string | null | undefined, name: string | null | undefined) =>
    id && id === session.agentId ? t('conversations.event.you') : (name ?? '');
  return (event) => {
    if (event.name === 'queued') {
      const team = pool.team.get(event.team_id)?.name;
      return team ? t('conversations.event.queued', { team }) : t('conversations.event.queuedAnywhere');
    }
    if (event.name === 'decided') {
      const to = event.agents.length ? format.list(event.agents) : event.team_name;
      const sentence = t(`conversations.event.decided.${event.by}`, { to, team: event.team_name });
      return event.why ? t('conversations.event.because', { sentence, why: t(`conversations.event.why.${event.why}`) }) : sentence;
    }
    if (event.name === 'assigned') {
      const mine = event.agent_id === session.agentId ? 'Me' : '';
      const sentence = t(`conversations.event.${event.why}${mine}`, { name: event.agent_name });
      if (event.why === 'transferred' || event.waited_seconds === null || event.waited_seconds < 1) return sentence;
      return t('conversations.event.afterWait', { sentence, wait: format.wait(event.waited_seconds) });
    }
    if (event.name === 'started') return t(`conversations.event.started${event.agent_id === session.agentId ? 'Me' : ''}`, { name: event.agent_name });
    if (event.name === 'transferred') {
      const by = who(event.by_id, event.by_name);
      const to = event.to_agent_id ? who(event.to_agent_id, event.to_agent_name) : (event.to_team_name ?? '');
      const sentence = t('conversations.event.transferredTo', { by, to });
      return event.note ? t('conversations.event.withNote', { sentence, note: event.note }) : sentence;
    }
    if (event.name === 'offer_ended') return t(`conversations.event.offer.${event.why}`, { name: event.agent_name });
    if (event.name === 'overflowed') return t(`conversations.event.overflowed.${event.why}`, { team: event.to_team_name });
    if (event.name === 'message_left') return t(`conversations.event.messageLeft.${event.why}`);
    if (event.name === 'returned') return t(`conversations.event.${event.why === 'agent_silent' ? 'returnedSilent' : 'returned'}`, { name: event.agent_name });
    if (event.name === 'agent_reminded' || event.name === 'escalated') {
      return t(`conversations.event.${event.name}`, { name: who(event.agent_id, event.agent_name), wait: format.wait(event.waited_seconds) });
    }
    if (event.name === 'limit_near') return t(`conversations.event.limit_near.${event.end}`, { time: format.time(event.ends_at) });
    if (event.name === 'limit_reached') return t(`conversations.event.limit_reached.${event.end}`);
    if (event.name === 'closed') {
      const reason = `conversations.event.closed.${event.reason}`;
      return te(reason) ? t(reason, { name: event.by_name ?? '' }) : t('conversations.event.closed.other');
    }
    if (event.name === 'introduced') return t(`conversations.event.${event.verified ? 'vouched' : 'claimed'}`);
    if (event.name === 'mail_points_at') return t('conversations.event.mailPointsAt');
    if (event.name === 'mail_returned') {
      const said = t(`conversations.event.mailReturned.${event.action}`);
      const sentence = event.copies?.length ? t('conversations.event.mailReturnedFor', { sentence: said, addresses: event.copies.join(', ') }) : said;
      return event.detail ? t('conversations.event.withNote', { sentence, note: event.detail }) : sentence;
    }
    return t('conversations.event.form');
  };
}
