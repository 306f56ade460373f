import { computed, ref, watch, type Ref } from 'vue';
import { api, Problem } from '../../api/client';
import type { ConversationOut, MailIn, NextMailOut } from '../../api/types';
import type { Writing } from './writings';

export type Mail = Required<MailIn>;
export type Copies = 'cc' | 'bcc';
export const MOST_COPIES = 50;

/** As the server takes it (`MailAddress`). */
const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/;
const LONGEST = 254;

export const isAddress = (text: string) => text.length <= LONGEST && ADDRESS.test(text);

/** What was typed or pasted, as addresses: with commas, semicolons or lines between, with or without names. */
export function addressesIn(text: string): string[] {
  const named = text.replace(/(?:"[^"]*"\s*|[^",;<>\n]*)<([^<>]+)>/g, ' $1 ');
  return named.split(/[\s,;]+/).filter(Boolean);
}

/** Those that are there, and the new ones behind them, each once. */
export function joined(there: readonly string[], more: readonly string[]): string[] {
  const known = new Set(there.map((one) => one.toLowerCase()));
  return [...there, ...more.filter((one) => !known.has(one.toLowerCase()) && known.add(one.toLowerCase()))];
}

const isSame = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one, at) => one === b[at]);

/** Whether it goes otherwise than is usual. */
export const isDecided = (mail: Mail, usual: NextMailOut) =>
  mail.subject.trim() !== usual.subject || !isSame(mail.cc, usual.cc) || mail.bcc.length > 0;

/** Whether an answer is begun, in hand or put aside. */
const isBegun = ({ kind, text, aside, attachments, choices }: Writing) =>
  (kind === 'public' ? text : aside).trim() !== '' || attachments.length > 0 || choices.length > 0;

/**
 * The mail that an answer becomes: as it goes unless the agent decides otherwise, and what they decided. Once an answer is
 * begun it stays with the mail that it answers, and goes to whom its writer sees, whoever writes meanwhile.
 */
export function useMail(conversation: Ref<ConversationOut>, writing: Ref<Writing>) {
  const found = ref<{ id: string; usual: NextMailOut } | null>(null);
  const usual = computed(() => (found.value?.id === conversation.value.id ? found.value.usual : null));
  const isMail = computed(() => conversation.value.channel_kind === 'email');
  /** The message that what is written answers; nothing where it is the newest, whichever that is. */
  const bound = computed(() => writing.value.mail?.answered ?? null);

  watch(
    () => [conversation.value.id, conversation.value.last_seq, bound.value] as const,
    async ([id, seq, answered], before) => {
      const isOnlyBound = id === before?.[0] && seq === before[1] && answered === usual.value?.answered;
      if (!isMail.value || isOnlyBound) return;
      try {
        const answer = await api.get<NextMailOut>(`/api/conversations/${id}/next-mail`, answered === null ? {} : { answered });
        if (id === conversation.value.id && answered === bound.value) found.value = { id, usual: answer };
      } catch (problem) {
        // Else it is asked again with the next message; the server knows how it goes.
        if (problem instanceof Problem && problem.code === 'not_answerable' && answered === bound.value) writing.value.mail = null;
      }
    },
    { immediate: true },
  );

  const mail = computed<Mail>(() => ({
    subject: usual.value?.subject ?? '',
    cc: usual.value?.cc ?? [],
    bcc: [],
    ...writing.value.mail,
    answered: bound.value ?? usual.value?.answered ?? null,
  }));
  function decide(change: Partial<Mail>): void {
    if (!usual.value) return;
    const next = { ...mail.value, ...change };
    writing.value.mail = isBegun(writing.value) || isDecided(next, usual.value) ? next : null;
  }
  watch([usual, () => isBegun(writing.value)], () => decide({}), { immediate: true });
  /** Somebody wrote since what is answered: go on with theirs. */
  function answerNewest(): void {
    writing.value.mail = null;
  }
  /** Who had a copy of what is answered and has none of the answer. */
  const leftOut = computed(() => (usual.value?.cc ?? []).filter((one) => !mail.value.cc.includes(one)));
  const signature = computed(() => {
    const signed = usual.value?.signature ?? '';
    return writing.value.text.trimEnd().endsWith(signed) ? '' : signed;
  });
  return { usual, mail, decide, answerNewest, leftOut, signature, isMail };
}
