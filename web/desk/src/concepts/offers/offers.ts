import type { ConversationOut } from '../../api/types';

/** Of what is offered to me, what goes to the next one first. */
export function firstOf(conversations: Iterable<ConversationOut>, me: string): ConversationOut | null {
  const mine = [...conversations].filter((one) => one.state === 'offered' && one.agent_id === me);
  return mine.sort((a, b) => endOf(a) - endOf(b))[0] ?? null;
}

/** How long an offer still stands, in whole seconds, and which part of its time that is. */
export function leftOf(offer: ConversationOut, now: number): { seconds: number; share: number } {
  const left = Math.max(0, endOf(offer) - now);
  const whole = endOf(offer) - Date.parse(offer.offered_at ?? '');
  return { seconds: Math.ceil(left / 1000), share: whole > 0 ? Math.min(1, left / whole) : 0 };
}

const endOf = (offer: ConversationOut) => Date.parse(offer.offered_until ?? '');
