import type { Conversation, Message, Resume, View } from '../wire';

interface Section {
  id: string;
  messages: Message[];
  /** Up to here nothing is missing. Above it a missing number is an internal note, or a message that is still to come. */
  complete: number;
  /** Up to here the agent has read. */
  read: number;
}

function put(section: Section, message: Message): void {
  const { messages } = section;
  if (messages.some((known) => known.seq === message.seq || known.id === message.id)) return;
  messages.push(message);
  for (let i = messages.length - 1; i > 0 && (messages[i - 1]?.seq ?? 0) > message.seq; i--) {
    [messages[i - 1], messages[i]] = [messages[i] as Message, messages[i - 1] as Message];
  }
}

/** What the server has confirmed, in order and each message once, whatever order and how often it arrives. */
export class Log {
  conversation: Conversation | null = null;
  readonly #sections: Section[] = [];

  #section(id: string): Section {
    let section = this.#sections.find((known) => known.id === id);
    if (!section) {
      section = { id, messages: [], complete: 0, read: 0 };
      this.#sections.push(section);
    }
    return section;
  }

  #latest(): Section | undefined {
    return this.#sections.at(-1);
  }

  /** An answer of the server to "what is new since `asked`?" */
  take(view: Omit<View, 'visitor'>, asked: Resume): void {
    const { conversation } = view;
    if (!conversation) {
      this.conversation = null;
      return;
    }
    const section = this.#section(conversation.id);
    for (const message of view.messages) put(section, message);
    const before = conversation.id === asked.conversation_id ? asked.after : 0;
    section.complete = Math.max(section.complete, before, ...view.messages.map((message) => message.seq));
    this.#advance(section);
    this.stand(conversation);
  }

  add(message: Message): void {
    const section = this.#section(message.conversation_id);
    put(section, message);
    this.#advance(section);
  }

  #advance(section: Section): void {
    for (const { seq } of section.messages) if (seq === section.complete + 1) section.complete = seq;
  }

  /** Whether something between the messages may be missing, or a conversation is there of which nothing else is known. */
  hasHole(): boolean {
    const latest = this.#latest();
    if (!latest) return false;
    return latest.id !== this.conversation?.id || (latest.messages.at(-1)?.seq ?? 0) > latest.complete;
  }

  resume(): Resume {
    const latest = this.#latest();
    return { conversation_id: latest?.id ?? null, after: latest?.complete ?? 0 };
  }

  /** The place of our last message that the agent has read: an answer shows it, else the server says how many are left. */
  readUpTo(): number {
    const section = this.#latest();
    if (!section) return 0;
    const answered = section.messages.findLast((message) => message.by === 'agent' && message.kind !== 'event')?.seq ?? 0;
    return Math.max(answered, section.read);
  }

  /** Where the conversation stands. The server counts what was unread when it said so; what we write later is not in it. */
  stand(conversation: Conversation | null): void {
    this.conversation = conversation;
    const section = conversation && this.#sections.find((known) => known.id === conversation.id);
    if (!section || conversation.state !== 'active') return;
    const mine = section.messages.filter((message) => message.by === 'contact');
    section.read = Math.max(section.read, mine[mine.length - 1 - conversation.unread]?.seq ?? 0);
  }

  messages(): Message[] {
    return this.#sections.flatMap((section) => section.messages);
  }

  latest(): readonly Message[] {
    return this.#latest()?.messages ?? [];
  }

  clear(): void {
    this.conversation = null;
    this.#sections.length = 0;
  }
}
