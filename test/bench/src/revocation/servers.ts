/** So many servers as real processes on one database and one Redis, each asked directly. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import {
  loadHttpClient,
  loadProcesses,
  serverScript,
  type HttpClient,
  type ServerGroup,
} from '../server-files.js';

export const administrator = { email: 'admin@localhost', password: 'correct horse battery staple' };

export interface Server {
  readonly port: number;
  readonly client: HttpClient;
}

export class Servers {
  readonly all: Server[] = [];

  private constructor(
    private readonly group: ServerGroup,
    private readonly databaseUri: string,
  ) {}

  static async start(
    count: number,
    mongodbUri: string,
    redisUrl: string | undefined,
  ): Promise<Servers> {
    const { openServerGroup, freePort } = await loadProcesses();
    const { HttpClient } = await loadHttpClient();
    const group = await openServerGroup();
    const database = new URL(mongodbUri);
    database.pathname = `/portcullis_bench_${randomBytes(6).toString('hex')}`;
    const servers = new Servers(group, database.href);
    try {
      const ports: number[] = [];
      while (ports.length < count) ports.push(await freePort());
      const env = {
        PATH: process.env['PATH'],
        NODE_ENV: 'development',
        ISSUER_URL: `http://127.0.0.1:${ports[0]}`,
        MONGODB_URI: database.href,
        ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
        KEYS_SECRET: randomBytes(24).toString('hex'),
        ADMIN_EMAIL: administrator.email,
        ADMIN_PASSWORD: administrator.password,
        ACCESS_TOKEN_TTL: '3600',
        THROTTLE: 'off',
        LOG_LEVEL: 'warn',
      };
      // The first alone: it makes the keys and the administrator that the others find.
      const [first = 0, ...others] = ports;
      await servers.startOne(first, env);
      await Promise.all(others.map((port) => servers.startOne(port, env)));
      for (const port of ports) servers.all.push({ port, client: new HttpClient(port) });
      return servers;
    } catch (error) {
      await servers.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const { client } of this.all) client.close();
    await this.group.close();
    const connection = await mongoose.createConnection(this.databaseUri).asPromise();
    await connection.dropDatabase();
    await connection.close();
  }

  private async startOne(port: number, env: NodeJS.ProcessEnv): Promise<void> {
    const folder = join(this.group.folder, String(port));
    mkdirSync(folder);
    await this.group.start({
      command: process.execPath,
      args: [serverScript],
      env: { ...env, PORT: String(port), DATA_DIR: folder },
      ready: /listens on/,
      timeoutSeconds: 40,
    });
  }
}
