import { computed, type Ref } from 'vue';
import type { ConversationOut } from '../../api/types';
import { live, sayTyping } from '../../live/socket';
import { session } from '../session';
import { tidied } from './choices';
import { partIn, type Part } from './deciding';
import { draftStateOf, keepDraft, outbox } from './drafts';
import { useMail } from './mail';
import { useReplyWindow } from './replyWindow';
import { useAttachments } from './useAttachments';
import { useReachable } from './useReachable';
import { turnTo, writingOf } from './writings';

const TYPING_EVERY = 3000;

/** Why a public answer cannot be sent now; `null` when nothing stands in the way. */
export type Hindrance = Exclude<Part, 'member'> | 'closed' | 'waiting' | 'offered' | 'bot' | 'foreign' | 'window' | 'unreachable' | 'offline' | 'behind' | null;

export function hindranceOf(conversation: ConversationOut, connection: string, me: string, part: Part = 'member', isOver = false, isUnreachable = false): Hindrance {
  if (writesNothing(part)) return part;
  if (conversation.state === 'closed') return 'closed';
  if (connection === 'behind') return 'behind';
  if (connection !== 'live') return 'offline';
  if (part === 'guest') return part;
  if (conversation.state === 'waiting' || conversation.state === 'offered' || conversation.state === 'bot') return conversation.state;
  if (conversation.agent_id !== me) return 'foreign';
  if (isUnreachable) return 'unreachable';
  return isOver ? 'window' : null;
}

const writesNothing = (part: Part) => part === 'elsewhere' || part === 'reader';

/** A note is not seen by the contact: only a missing connection stands in its way, or that one may write nothing at all. */
export function hindersNote(connection: string, part: Part = 'member'): boolean {
  return connection !== 'live' || writesNothing(part);
}

export function useComposer(conversation: Ref<ConversationOut>, seenUpTo: Ref<number>, tooManyFiles?: () => void) {
  keepDraft(conversation.value.id);
  const writing = computed(() => writingOf(conversation.value.id));
  const draftState = computed(() => draftStateOf(conversation.value.id));
  const files = useAttachments(writing, tooManyFiles);
  const part = computed(() => partIn(conversation.value));
  const { isOver } = useReplyWindow(conversation);
  const { isUnreachable } = useReachable(conversation);
  const hindrance = computed(() => hindranceOf(conversation.value, live.state, session.agentId, part.value, isOver.value, isUnreachable.value));
  /** Only notes are left to write, or nothing. */
  const noReply = computed(() => conversation.value.state === 'closed' || part.value !== 'member');
  const noNote = computed(() => writesNothing(part.value));
  const isNote = computed(() => writing.value.kind === 'internal');
  const empty = computed(() => !writing.value.text.trim() && !writing.value.attachments.some((one) => one.state === 'ready'));
  const hindered = computed(() => (isNote.value ? hindersNote(live.state, part.value) : hindrance.value !== null));
  const mail = useMail(conversation, writing);
  /** Part of the mail is no address yet. */
  const unfinished = computed(() => !isNote.value && Object.values(writing.value.unfinished).some((typed) => typed.trim()));
  /** Answers to tap go below a text, without files. */
  const clash = computed(() => writing.value.choices.length > 0 && writing.value.attachments.length > 0);
  const maySend = computed(() => !empty.value && !hindered.value && !files.uploading.value && !unfinished.value && !(clash.value && !isNote.value));
  const guarded = computed(() => writing.value.guard !== null && !isNote.value);
  /** Said while one types, not more often than it is believed. */
  let saidAt = 0;
  function typed(): void {
    if (!writing.value.text || hindered.value || Date.now() - saidAt < TYPING_EVERY) return;
    saidAt = Date.now();
    sayTyping(conversation.value.id, writing.value.kind);
  }

  function send(anyway = false, at?: Date): void {
    const { text, kind, attachments, mail: decided, guard, choices } = writing.value;
    const replyTo = kind === 'public' ? writing.value.replyTo : null;
    if (!maySend.value || (guarded.value && !anyway)) return;
    const ready = attachments.flatMap((one) => (one.file ? [one.file] : []));
    // Refused before, so nothing exists under that id: it may be used for the second try.
    const id = guard?.id;
    const seen = Math.max(seenUpTo.value, 0);
    const said = { text: text.trim(), visibility: kind, files: ready, mail: isNote.value ? null : decided, choices: isNote.value ? [] : tidied(choices), replyTo };
    void outbox.send({ id, conversationId: conversation.value.id, ...said, seenUpTo: seen, anyway, sendAt: at?.toISOString() });
    // Only now: what the outbox could not take must still stand here.
    Object.assign(writing.value, { text: '', attachments: attachments.filter((one) => !one.file), guard: null });
    if (kind === 'public') Object.assign(writing.value, { replyTo: null, mail: null, choices: [] });
    if (!anyway) writing.value.newerFrom = null;
  }

  /** Files that come in by drop or paste where only notes are left to write are for a note. */
  function take(event: ClipboardEvent | DragEvent): void {
    if (noReply.value && noNote.value) event.preventDefault(); // Else the browser would leave the desk for the file.
    else if (files.take(event) && noReply.value) turnTo(writing.value, 'internal');
  }

  /** The agent has read what came in between: sending is open again. */
  function lookedAt(): void {
    writing.value.guard = null;
  }

  return { writing, draftState, files, clash, mail, hindrance, hindered, noReply, noNote, isNote, maySend, guarded, send, take, typed, lookedAt };
}
