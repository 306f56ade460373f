import { createApp, type App } from 'vue';
import { createI18n } from 'vue-i18n';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { apply } from '../../live/apply';
import { forgetEverything, pool } from '../../live/entities';
import en from '../../locales/en.pages';
import { resourceOf } from './resources';
import { NEW, useEntry } from './useEntry';

let app: App;
let calls: { method: string; path: string; body: Record<string, unknown> }[];
let answer: { status: number; body: object };

beforeEach(() => {
  calls = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    calls.push({ method: init.method ?? 'GET', path, body: JSON.parse(String(init.body)) });
    return new Response(JSON.stringify(answer.body), { status: answer.status });
  });
  const team = { id: 'returns', name: 'Returns', limit: null, member_ids: [], priorities: {}, active: true };
  apply({ upsert: { team: [team], owner: [{ id: 'kestrel', name: 'Kestrel', active: true, agent_id: null }] } });
});

afterEach(() => {
  app.unmount();
  forgetEverything();
  vi.unstubAllGlobals();
});

function entry(key: string, id: string) {
  const resource = resourceOf(key)!;
  let made!: ReturnType<typeof useEntry>;
  app = createApp({
    setup() {
      made = useEntry(resource, id);
      return () => null;
    },
  });
  app.use(createI18n({ legacy: false, locale: 'en', messages: { en } as never }));
  app.mount(document.createElement('div'));
  return { ...made, field: (name: string) => resource.fields.find((one) => one.name === name)! };
}

test('only what differs is sent', async () => {
  const owner = entry('owners', 'kestrel');
  owner.set(owner.field('name'), 'Kestrel Outdoor');
  expect(owner.changed.value).toBe(1);
  answer = { status: 200, body: { id: 'kestrel', name: 'Kestrel Outdoor', active: true } };
  expect(await owner.save()).toBe('kestrel');
  expect(calls).toEqual([{ method: 'PATCH', path: '/api/owners/kestrel', body: { name: 'Kestrel Outdoor' } }]);
  expect(pool.owner.get('kestrel')?.name).toBe('Kestrel Outdoor');
  expect(owner.changed.value).toBe(0);
});

test('what is typed and taken back is no change', () => {
  const owner = entry('owners', 'kestrel');
  owner.set(owner.field('active'), false);
  owner.set(owner.field('active'), true);
  expect(owner.changed.value).toBe(0);
});

test('a new one names all that is empty before the server is asked', async () => {
  const category = entry('categories', NEW);
  expect(await category.save()).toBeNull();
  expect(Object.keys(category.errors.value)).toEqual(['name', 'team_id']);
  expect(calls).toEqual([]);
});

test('a new one sends what the server takes at creation, and nothing else', async () => {
  const category = entry('categories', NEW);
  category.set(category.field('name'), 'Kestrel, shop');
  category.set(category.field('team_id'), 'returns');
  answer = { status: 201, body: { id: 'shop' } };
  expect(await category.save()).toBe('shop');
  expect(calls[0]?.body).toEqual({ name: 'Kestrel, shop', owner_id: null, team_id: 'returns', requires: ['result', 'reasons'], skills: [] });
});

test('a refusal stands at its field, in our words', async () => {
  const owner = entry('owners', NEW);
  owner.set(owner.field('name'), 'Kestrel');
  answer = { status: 409, body: { code: 'name_taken', field: 'name', detail: 'Taken.' } };
  expect(await owner.save()).toBeNull();
  expect(owner.errors.value).toEqual({ name: 'There is already one with this name.' });
  expect(owner.failure.value).toBeNull();
});

test('a refusal of no field is said above the form', async () => {
  const owner = entry('owners', 'kestrel');
  owner.set(owner.field('active'), false);
  answer = { status: 403, body: { code: 'forbidden', detail: 'You may not do this.' } };
  await owner.save();
  expect(owner.failure.value?.detail).toBe('You may not do this.');
  expect(owner.changed.value).toBe(1);
});
