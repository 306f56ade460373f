import type { CapabilitiesOut, ConversationOut, MessageOut, Particulars } from '../../api/types';
import { session } from '../session';
import { partIn } from './deciding';

/** What can be done with one message, by the channel and by whose it is. */
export interface Doable {
  answer: boolean;
  react: readonly string[];
  edit: boolean;
  takeBack: boolean;
}

const NOTHING: Doable = { answer: false, react: [], edit: false, takeBack: false };

export function doableWith(message: MessageOut, conversation: ConversationOut, can: CapabilitiesOut | undefined, over: boolean): Doable {
  const { details } = message;
  if (!can || over || message.visibility !== 'public' || message.event || details?.deleted_at) return NOTHING;
  if (conversation.state !== 'active' || conversation.agent_id !== session.agentId || partIn(conversation) !== 'member') return NOTHING;
  const theirs = message.author.kind === 'contact';
  const there = theirs || ['sent', 'delivered', 'read'].includes(message.state);
  const mine = there && message.author.kind === 'agent' && message.author.id === session.agentId;
  return {
    answer: there && (can.quotes === 'all' || (can.quotes === 'marked' && Boolean(details?.tokens?.quote))),
    react: there ? can.reactions : [],
    edit: mine && can.edits && message.text !== '',
    takeBack: mine && can.takes_back,
  };
}

export const isAny = ({ answer, react, edit, takeBack }: Doable) => answer || react.length > 0 || edit || takeBack;

/** The sign that I put to it; empty for none. */
export const mySign = (details: Particulars | null | undefined) => details?.reactions?.find((one) => one.by === session.agentId)?.emoji ?? '';

/** What a message is about, in a few words. */
export const wordsOf = (message: MessageOut) =>
  message.text || message.files[0]?.name || message.details?.location?.name || message.details?.sticker?.emoji || message.details?.cards?.[0]?.name || '';
