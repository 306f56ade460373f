import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { View } from '../wire';
import { Api } from './api';
import { Exchange } from './exchange';
import { conversation, keepOn, message, Shelf } from './make';

const events = { changed: () => undefined, arrived: () => undefined, pending: () => undefined, hours: () => undefined };
const said: View = { visitor: { name: 'Amara', answered: [] }, conversation: conversation(), messages: [message(1)] };
let shelf: Shelf;
let exchange: Exchange;
/** What the server answers to the request that is under way. */
let answer: (body: unknown) => void;

beforeEach(() => {
  shelf = new Shelf();
  vi.stubGlobal('fetch', () => new Promise((done) => { answer = (body) => { done(Response.json(body)); }; }));
  vi.stubGlobal('navigator', { onLine: true });
  exchange = new Exchange(new Api('http://desk.test', 'key'), 'en', keepOn(shelf), events);
});
afterEach(() => {
  exchange.stop();
  vi.unstubAllGlobals();
});

test('what was asked for one person is not shown to the next', async () => {
  shelf.setItem('test:token', 'of Amara');
  const asked = exchange.fetch();
  await vi.waitFor(() => { expect(answer).toBeDefined(); });
  exchange.visitor.forget('of Amara');
  exchange.forgotten();
  shelf.setItem('test:token', 'of Bo');
  answer(said);
  await asked;
  expect(exchange.log.messages()).toEqual([]);
  expect(exchange.known).toBeNull();
});

test('what was asked for the same person is taken in', async () => {
  shelf.setItem('test:token', 'of Amara');
  const asked = exchange.fetch();
  await Promise.resolve();
  answer(said);
  await asked;
  expect(exchange.log.messages()).toHaveLength(1);
});

test('who is introduced while the page shuts the chat down is not kept', async () => {
  const introduced = exchange.visitor.ensure();
  exchange.stop();
  answer({ token: 'late' });
  await expect(introduced).rejects.toThrow();
  expect(shelf.length).toBe(0);
});

test('after the chat was shut down nothing is done in the name of the next person', async () => {
  exchange.stop();
  shelf.setItem('test:token', 'of Bo');
  await expect(exchange.visitor.ensure()).rejects.toThrow();
});
