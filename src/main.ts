import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { EnvironmentError, parseEnvironment } from './config/parse-environment.js';
import { createApp } from './create-app.js';
import { printBanner } from './start/banner.js';
import { FirstAdministrator } from './start/first-administrator.js';
import { StorageRefusedError } from './storage/storage.errors.js';

/** Starts the server, or says in one line for each fault why it cannot. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const environment = parseEnvironment(process.env);
  const app = await createApp({ environment });
  await app.init();
  const password = await app.get(FirstAdministrator).ensure();
  await app.listen(environment.port, environment.host);
  printBanner({ environment, url: await app.getUrl(), password });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function explain(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  if (error instanceof StorageRefusedError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return 'PORT: another program listens on this port; choose another one';
  if (code === 'EACCES') return `PORT, HOST or DATA_DIR: not allowed (${message})`;
  return `Portcullis could not start: ${message}`;
}
