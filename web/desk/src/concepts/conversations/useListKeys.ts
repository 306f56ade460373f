import { nextTick, type Ref } from 'vue';
import { useCommand } from '../../ui';

interface Parts {
  list: Ref<HTMLElement | undefined>;
  searchField: Ref<HTMLInputElement | undefined>;
  search: Ref<string>;
  searching: Ref<boolean>;
  open: (id: string) => void;
}

/** j and k walk through the lines of a list, Enter opens the one under the focus, / goes to the search. */
export function useListKeys({ list, searchField, search, searching, open }: Parts) {
  const lines = () => [...(list.value?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];

  function move(by: 1 | -1): void {
    const all = lines();
    const focused = all.findIndex((one) => one === document.activeElement);
    const from = focused >= 0 ? focused : all.findIndex((one) => one.hasAttribute('aria-current'));
    const next = from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + by));
    all[next]?.focus();
  }

  async function beginSearch(): Promise<void> {
    searching.value = true;
    await nextTick();
    searchField.value?.focus();
  }

  function leaveSearch(): void {
    search.value = '';
    searching.value = false;
    lines()[0]?.focus();
  }

  const group = 'app.inbox';
  useCommand({ name: 'conversations.keys.next', keys: 'j', group, keyOnly: true, run: () => move(1) });
  useCommand({ name: 'conversations.keys.previous', keys: 'k', group, keyOnly: true, run: () => move(-1) });
  useCommand({
    name: 'conversations.keys.open',
    keys: 'enter',
    group,
    keyOnly: true,
    run: () => {
      const first = lines()[0]?.dataset.entry;
      if (first) open(first);
    },
  });
  useCommand({ name: 'conversations.keys.search', keys: '/', group, keyOnly: true, run: () => void beginSearch() });
  useCommand({
    name: 'conversations.keys.leaveSearch',
    keys: 'escape',
    group,
    inFields: true,
    keyOnly: true,
    when: () => document.activeElement === searchField.value,
    run: leaveSearch,
  });
  return { toggleSearch: () => (searching.value ? leaveSearch() : void beginSearch()) };
}
