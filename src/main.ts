import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { CommandRunner } from './cli/command-runner.js';
import { controlSocketPath, listenForCommands } from './cli/control-socket.js';
import { parseEnvironment } from './config/parse-environment.js';
import { createApp } from './create-app.js';
import { printBanner } from './start/banner.js';
import { explainStartFailure } from './start/explain-start-failure.js';
import { FirstAdministrator } from './start/first-administrator.js';

/** Starts the server, or says in one line for each fault why it cannot. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const environment = parseEnvironment(process.env);
  const app = await createApp({ environment });
  await app.init();
  const password = await app.get(FirstAdministrator).ensure();
  await app.listen(environment.port, environment.host);
  if (environment.mongodbUri === null) {
    await listenForCommands(controlSocketPath(environment.dataDir), app.get(CommandRunner));
  }
  printBanner({ environment, url: await app.getUrl(), password });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${explainStartFailure(error)}\n`);
  process.exit(1);
}
