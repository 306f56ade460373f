/** The bytes of files that are not sent yet. They must survive a reload, and localStorage is too small for them. */

const DATABASE = 'helpline-files';
const TABLE = 'files';

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('storage'));
    };
  });
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(TABLE);
  };
  return settled(request);
}

export class Blobs {
  readonly #memory = new Map<string, Blob>();
  #database: Promise<IDBDatabase> | null = null;

  async #open(): Promise<IDBDatabase> {
    const database = await open();
    // Somebody wants to delete it, here or in another tab, and would wait for us.
    database.onversionchange = () => {
      this.#database = null;
      database.close();
    };
    return database;
  }

  async #table<T>(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
    try {
      const database = await (this.#database ??= this.#open());
      return await settled(act(database.transaction(TABLE, mode).objectStore(TABLE)));
    } catch {
      return null; // Private windows may refuse; the copy in memory serves until the page goes.
    }
  }

  async put(id: string, blob: Blob): Promise<void> {
    this.#memory.set(id, blob);
    await this.#table('readwrite', (table) => table.put(blob, id));
  }

  async get(id: string): Promise<Blob | null> {
    return this.#memory.get(id) ?? (await this.#table<Blob | null>('readonly', (table) => table.get(id) as IDBRequest<Blob | null>));
  }

  async remove(id: string): Promise<void> {
    this.#memory.delete(id);
    await this.#table('readwrite', (table) => table.delete(id));
  }
}
