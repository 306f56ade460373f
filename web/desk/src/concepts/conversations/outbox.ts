import { shallowReactive } from 'vue';
import { Problem } from '../../api/client';
import type { FileOut, MailIn, MessageIn, MessageOut, ScheduledOut, TemplateIn, Visibility } from '../../api/types';
import { uuid } from '../../ui/uuid';

/** A message of mine that the server has not confirmed yet. */
export interface Outgoing {
  /** Made here and kept through every retry, so that a retry never makes a second message. */
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly visibility: Visibility;
  readonly files: readonly FileOut[];
  /** The message that it answers, where one was pointed at. */
  readonly replyTo: string | null;
  readonly mail: MailIn | null;
  /** The answers that the contact can tap. */
  readonly choices: readonly string[];
  /** The approved text that it is, beside whatever else is being written. */
  readonly template: TemplateIn | null;
  /** When it is to go out, if somebody chose a time. */
  readonly sendAt: string | null;
  readonly seenUpTo: number;
  readonly anyway: boolean;
  /** The version of the draft that it was made from; the draft goes with it. */
  readonly draft: Promise<number | null>;
  readonly at: string;
  readonly state: 'sending' | 'failed';
  readonly problem: unknown;
}

export type Draft = Pick<Outgoing, 'conversationId' | 'text' | 'visibility' | 'files' | 'seenUpTo'> & {
  mail?: MailIn | null;
  choices?: readonly string[];
  template?: TemplateIn | null;
  sendAt?: string | null;
  id?: string;
  anyway?: boolean;
  replyTo?: string | null;
};

export type Accepted = MessageOut | ScheduledOut;

export interface Desk {
  post: (conversationId: string, message: MessageIn, sendAt: string | null) => Promise<Accepted>;
  /** What the server has takes the place of ours: the message, or what goes out later. */
  confirmed: (accepted: Accepted) => void;
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
      replyTo: draft.replyTo ?? null,
      mail: draft.mail ?? null,
      choices: draft.choices ?? [],
      template: draft.template ?? null,
      sendAt: draft.sendAt ?? null,
      draft: draft.template ? Promise.resolve(null) : desk.leaving(draft.conversationId),
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
      const said = {
        id: message.id,
        text: message.text,
        visibility: message.visibility,
        file_ids: message.files.map((file) => file.id),
        seen_up_to: message.seenUpTo,
        anyway: message.anyway,
        reply_to: message.replyTo,
        mail: message.mail,
        choices: [...message.choices],
        template: message.template,
        draft: await message.draft,
      };
      const answer = await desk.post(message.conversationId, said, message.sendAt);
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
    if (!failed.template) desk.discarded(failed.conversationId);
  }

  return { items, send, retry, discard };
}
