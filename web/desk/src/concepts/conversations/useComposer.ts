import { computed, type Ref } from 'vue';
import type { ConversationOut } from '../../api/types';
import { live, sayTyping } from '../../live/socket';
import { session } from '../session';
import { partIn, type Part } from './deciding';
import { draftStateOf, keepDraft, outbox } from './drafts';
import { useAttachments } from './useAttachments';
import { turnTo, writingOf } from './writings';

const TYPING_EVERY = 3000;

/** Why a public answer cannot be sent now; `null` when nothing stands in the way. */
export type Hindrance = Exclude<Part, 'member'> | 'closed' | 'waiting' | 'offered' | 'bot' | 'foreign' | 'offline' | 'behind' | null;

export function hindranceOf(conversation: ConversationOut, connection: string, me: string, part: Part = 'member'): Hindrance {
  if (writesNothing(part)) return part;
  if (conversation.state === 'closed') return 'closed';
  if (connection === 'behind') return 'behind';
  if (connection !== 'live') return 'offline';
  if (part === 'guest') return part;
  if (conversation.state === 'waiting' || conversation.state === 'offered' || conversation.state === 'bot') return conversation.state;
  return conversation.agent_id === me ? null : 'foreign';
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
  const hindrance = computed(() => hindranceOf(conversation.value, live.state, session.agentId, part.value));
  /** Only notes are left to write, or nothing. */
  const noReply = computed(() => conversation.value.state === 'closed' || part.value !== 'member');
  const noNote = computed(() => writesNothing(part.value));
  const isNote = computed(() => writing.value.kind === 'internal');
  const empty = computed(() => !writing.value.text.trim() && !writing.value.attachments.some((one) => one.state === 'ready'));
  const hindered = computed(() => (isNote.value ? hindersNote(live.state, part.value) : hindrance.value !== null));
  const maySend = computed(() => !empty.value && !hindered.value && !files.uploading.value);
  const guarded = computed(() => writing.value.guard !== null && !isNote.value);
  /** Said while one types, not more often than it is believed. */
  let saidAt = 0;
  function typed(): void {
    if (!writing.value.text || hindered.value || Date.now() - saidAt < TYPING_EVERY) return;
    saidAt = Date.now();
    sayTyping(conversation.value.id, writing.value.kind);
  }

  function send(anyway = false): void {
    const { text, kind, attachments, guard } = writing.value;
    if (!maySend.value || (guarded.value && !anyway)) return;
    const ready = attachments.flatMap((one) => (one.file ? [one.file] : []));
    // Refused before, so nothing exists under that id: it may be used for the second try.
    const id = guard?.id;
    const seen = Math.max(seenUpTo.value, 0);
    void outbox.send({ id, conversationId: conversation.value.id, text: text.trim(), visibility: kind, files: ready, seenUpTo: seen, anyway });
    // Only now: what the outbox could not take must still stand here.
    Object.assign(writing.value, { text: '', attachments: attachments.filter((one) => !one.file), guard: null });
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

  return { writing, draftState, files, hindrance, hindered, noReply, noNote, isNote, maySend, guarded, send, take, typed, lookedAt };
}
