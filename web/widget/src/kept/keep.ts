/** Small values that outlive the page, under one prefix; in memory where the browser refuses to store. */
export interface Keep {
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
  names(start: string): string[];
  /** Calls back when another tab changed something. */
  watch(changed: (name: string) => void): () => void;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Reading `localStorage` itself throws where cookies are blocked. */
export function browserStore(kind: 'localStorage' | 'sessionStorage'): Store | null {
  try {
    return window[kind];
  } catch {
    return null;
  }
}

export function keepUnder(prefix: string, store: Store | null): Keep {
  const memory = new Map<string, string>();
  const attempt = <T>(act: (store: Store) => T): T | null => {
    try {
      return store && act(store);
    } catch {
      return null;
    }
  };
  return {
    get: (name) => attempt((kept) => kept.getItem(prefix + name)) ?? memory.get(name) ?? null,
    set(name, value) {
      const written = attempt((kept) => {
        kept.setItem(prefix + name, value);
        return true;
      });
      if (written) memory.delete(name);
      else memory.set(name, value);
    },
    remove(name) {
      memory.delete(name);
      attempt((kept) => {
        kept.removeItem(prefix + name);
      });
    },
    names(start) {
      const found = new Set([...memory.keys()].filter((name) => name.startsWith(start)));
      attempt((kept) => {
        for (let i = 0; i < kept.length; i++) {
          const name = kept.key(i);
          if (name?.startsWith(prefix + start)) found.add(name.slice(prefix.length));
        }
      });
      return [...found];
    },
    watch(changed) {
      const heard = (event: StorageEvent): void => {
        if (event.key?.startsWith(prefix)) changed(event.key.slice(prefix.length));
      };
      window.addEventListener('storage', heard);
      return () => {
        window.removeEventListener('storage', heard);
      };
    },
  };
}
