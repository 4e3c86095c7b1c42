import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { existsSync } from 'node:fs';
import { AppModule } from '../app.module.js';
import { parseEnvironment } from '../config/parse-environment.js';
import { explainStartFailure } from '../start/explain-start-failure.js';
import { CommandRunner, type CommandResult } from './command-runner.js';
import { controlSocketPath, sendCommand } from './control-socket.js';

/** `npm run cli -- …`: through the running server where the store is embedded, else beside it. */
async function main(argv: readonly string[]): Promise<CommandResult> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const environment = parseEnvironment(process.env);
  if (environment.mongodbUri === null) {
    const result = await sendCommand(controlSocketPath(environment.dataDir), argv);
    if (result !== null) return result;
  }
  const module = AppModule.forRoot(environment);
  const app = await NestFactory.createApplicationContext(module, {
    logger: false,
    abortOnError: false,
  });
  try {
    return await app.get(CommandRunner).run(argv);
  } finally {
    await app.close();
  }
}

try {
  const { code, output } = await main(process.argv.slice(2));
  (code === 0 ? process.stdout : process.stderr).write(`${output}\n`);
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`${explainStartFailure(error)}\n`);
  process.exitCode = 1;
}
