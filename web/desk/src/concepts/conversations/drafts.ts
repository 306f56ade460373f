import { reactive, watch } from 'vue';
import { api } from '../../api/client';
import type { FileOut, MessageOut, Visibility } from '../../api/types';
import { apply } from '../../live/apply';
import { session } from '../session';
import { createOutbox } from './outbox';

export interface Attachment {
  key: string;
  name: string;
  size: number;
  state: 'uploading' | 'ready' | 'failed';
  file: FileOut | null;
  problem: unknown;
}

/** Who wrote while the agent was writing, and the id our message keeps. */
export interface Guard {
  id: string;
  name: string;
  at: string;
  seq: number;
}

/** What stands in the composer of one conversation. It stays when one looks elsewhere and comes back. */
export interface Writing {
  text: string;
  kind: Visibility;
  attachments: Attachment[];
  guard: Guard | null;
  /** Seq from which messages came in while writing; the log draws a line there. */
  newerFrom: number | null;
}

const writings = reactive(new Map<string, Writing>());

export function writingOf(conversationId: string): Writing {
  if (!writings.has(conversationId)) {
    writings.set(conversationId, { text: '', kind: 'public', attachments: [], guard: null, newerFrom: null });
  }
  return writings.get(conversationId)!;
}

export const outbox = createOutbox({
  post: (conversationId, message) => api.post<MessageOut>(`/api/conversations/${conversationId}/messages`, message),
  confirmed: (message) => apply({ upsert: { message: [message] } }),
  guarded(message, newer) {
    apply({ upsert: { message: newer } });
    const writing = writingOf(message.conversationId);
    // What was typed since stays, below what comes back.
    writing.text = [message.text, writing.text].filter(Boolean).join('\n');
    writing.kind = message.visibility;
    writing.attachments = [...message.files.map(attached), ...writing.attachments];
    const last = newer.at(-1);
    writing.newerFrom = newer[0]?.seq ?? null;
    writing.guard = { id: message.id, name: last?.author.name ?? '', at: last?.at ?? message.at, seq: last?.seq ?? message.seenUpTo };
  },
});

function attached(file: FileOut): Attachment {
  return { key: file.id, name: file.name, size: file.size, state: 'ready', file, problem: null };
}

/** Leaving the page with something unsent deserves a question. */
addEventListener('beforeunload', (event) => {
  if (outbox.items.size > 0) event.preventDefault();
});

/** What one agent wrote is nothing for the next one at the same computer. */
watch(
  () => session.at,
  (at) => {
    if (at === 'in') return;
    writings.clear();
    outbox.items.clear();
  },
);
