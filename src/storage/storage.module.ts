import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { Database } from './database.js';
import { Ids, RandomIds } from './ids.js';
import { connectMongo } from './mongo/connection.js';
import { SqliteDatabase } from './sqlite/database.js';

/** Opens the database that the environment names, and closes it last of all. */
@Global()
@Module({})
export class StorageModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static forRoot(): DynamicModule {
    return {
      module: StorageModule,
      providers: [
        { provide: Ids, useClass: RandomIds },
        { provide: Database, inject: [Environment], useFactory: openDatabase },
      ],
      exports: [Ids, Database],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    this.database.sqlite?.close();
    await this.database.mongo?.close();
  }
}

async function openDatabase(environment: Environment): Promise<Database> {
  if (environment.mongodbUri !== null) {
    return { engine: 'mongodb', mongo: await connectMongo(environment.mongodbUri), sqlite: null };
  }
  return { engine: 'sqlite', mongo: null, sqlite: new SqliteDatabase(environment.dataDir) };
}
