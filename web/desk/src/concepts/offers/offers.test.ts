import { expect, test } from 'vitest';
import type { ConversationOut } from '../../api/types';
import { firstOf, leftOf } from './offers';

const offer = (id: string, change: Partial<ConversationOut> = {}) =>
  ({ id, state: 'offered', agent_id: 'me', offered_at: '2026-03-02T09:00:00Z', offered_until: '2026-03-02T09:00:20Z', ...change }) as ConversationOut;

test('of several offers the one that ends first rings, and those of colleagues do not', () => {
  const later = offer('later', { offered_until: '2026-03-02T09:00:30Z' });
  expect(firstOf([later, offer('theirs', { agent_id: 'mei' }), offer('first'), offer('served', { state: 'active' })], 'me')?.id).toBe('first');
  expect(firstOf([offer('theirs', { agent_id: 'mei' })], 'me')).toBeNull();
});

test('its time runs down to nothing, and not below', () => {
  const at = (time: string) => leftOf(offer('a'), Date.parse(time));
  expect(at('2026-03-02T09:00:05.500Z')).toEqual({ seconds: 15, share: 0.725 });
  expect(at('2026-03-02T09:00:25Z')).toEqual({ seconds: 0, share: 0 });
});
