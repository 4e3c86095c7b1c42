import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import type { Environment } from '../config/environment.js';
import { CommandRunner, type CommandResult } from './command-runner.js';

/** Runs a command with services of its own: no server runs on the folder, or the database is shared. */
export async function runBesideServer(
  environment: Environment,
  argv: readonly string[],
): Promise<CommandResult> {
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
