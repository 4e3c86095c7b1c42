import type { Provider } from '@nestjs/common';
import type { MongoConnection } from './mongo/connection.js';
import type { SqliteDatabase } from './sqlite/database.js';

/** The one database of this process: MongoDB, or the embedded SQLite file. */
export abstract class Database {
  abstract readonly engine: 'mongodb' | 'sqlite';
  abstract readonly mongo: MongoConnection | null;
  abstract readonly sqlite: SqliteDatabase | null;
}

interface IndexedStore {
  ensureIndexes(): Promise<void>;
}

/** Provides a store's port by its adapter for the engine in use, indexes made. */
export function provideStore<Store>(
  port: abstract new () => Store,
  adapters: {
    readonly mongo: new (connection: MongoConnection) => Store & IndexedStore;
    readonly sqlite: new (database: SqliteDatabase) => Store;
  },
): Provider {
  return {
    provide: port,
    inject: [Database],
    useFactory: async (database: Database): Promise<Store> => {
      if (database.sqlite) return new adapters.sqlite(database.sqlite);
      if (!database.mongo) throw new Error('no database is open');
      const store = new adapters.mongo(database.mongo);
      await store.ensureIndexes();
      return store;
    },
  };
}
