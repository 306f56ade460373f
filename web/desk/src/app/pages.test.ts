import { afterEach, expect, test, vi } from 'vitest';
import { standIn } from '../api/standIn';
import { signIn, signOut } from '../concepts/session';
import { openPages } from './pages';

afterEach(async () => {
  await signOut();
  vi.unstubAllGlobals();
});

test('a page that would only be refused is not in the navigation', async () => {
  const server = standIn('me', ['conversation.read']);
  const paths = async () => {
    await signIn({ email: 'me@example.com', password: 'x' });
    return openPages().map((page) => page.path);
  };
  expect(await paths()).toEqual(['/inbox', '/settings']);
  await signOut();
  server.who.permissions = ['contact.read', 'record.read', 'board.read'];
  expect(await paths()).toEqual(['/inbox', '/contacts', '/records', '/board', '/settings']);
});
