import { shallowReactive } from 'vue';
import { Problem } from '../../api/client';
import type { FileOut, MessageIn, MessageOut, Visibility } from '../../api/types';
import { uuid } from '../../ui/uuid';

/** A message of mine that the server has not confirmed yet. */
export interface Outgoing {
  /** Made here and kept through every retry, so that a retry never makes a second message. */
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly visibility: Visibility;
  readonly files: readonly FileOut[];
  readonly seenUpTo: number;
  readonly anyway: boolean;
  /** The version of the draft that it was made from; the draft goes with it. */
  readonly draft: Promise<number>;
  readonly at: string;
  readonly state: 'sending' | 'failed';
  readonly problem: unknown;
}

export type Draft = Pick<Outgoing, 'conversationId' | 'text' | 'visibility' | 'files' | 'seenUpTo'> & {
  id?: string;
  anyway?: boolean;
};

export interface Desk {
  post: (conversationId: string, message: MessageIn) => Promise<MessageOut>;
  /** The server's message takes the place of ours. */
  confirmed: (message: MessageOut) => void;
  /** A message goes out of the composer: the version of its draft, as soon as that is known. */
  leaving: (conversationId: string) => Promise<number>;
  /** A message that failed is not wanted any more. */
  discarded: (conversationId: string) => void;
  /** Somebody wrote in between: what is new, and our message back in the hand of the agent. */
  guarded: (message: Outgoing, newer: MessageOut[]) => void;
}

/** What is on its way, in the order of sending, one request at a time for each conversation. */
export function createOutbox(desk: Desk) {
  const items = shallowReactive(new Map<string, Outgoing>());
  const tails = new Map<string, Promise<void>>();

  function send(draft: Draft): Promise<void> {
    const message: Outgoing = {
      ...draft,
      id: draft.id ?? uuid(),
      anyway: draft.anyway ?? false,
      draft: desk.leaving(draft.conversationId),
      at: new Date().toISOString(),
      state: 'sending',
      problem: null,
    };
    items.set(message.id, message);
    return enqueue(message);
  }

  function enqueue(message: Outgoing): Promise<void> {
    const before = tails.get(message.conversationId) ?? Promise.resolve();
    const mine = before.then(() => deliver(message));
    tails.set(message.conversationId, mine);
    return mine;
  }

  async function deliver(message: Outgoing): Promise<void> {
    try {
      const answer = await desk.post(message.conversationId, {
        id: message.id,
        text: message.text,
        visibility: message.visibility,
        file_ids: message.files.map((file) => file.id),
        seen_up_to: message.seenUpTo,
        anyway: message.anyway,
        draft: await message.draft,
      });
      desk.confirmed(answer);
      items.delete(message.id);
    } catch (problem) {
      if (problem instanceof Problem && problem.code === 'newer_messages') {
        items.delete(message.id);
        desk.guarded(message, (problem.body.messages ?? []) as MessageOut[]);
      } else {
        items.set(message.id, { ...message, state: 'failed', problem });
      }
    }
  }

  /** Sends a failed one again under its old id. */
  async function retry(id: string): Promise<void> {
    const failed = items.get(id);
    if (failed?.state !== 'failed') return;
    const again: Outgoing = { ...failed, state: 'sending', problem: null };
    items.set(id, again);
    await enqueue(again);
  }

  function discard(id: string): void {
    const failed = items.get(id);
    if (failed?.state !== 'failed') return;
    items.delete(id);
    desk.discarded(failed.conversationId);
  }

  return { items, send, retry, discard };
}
