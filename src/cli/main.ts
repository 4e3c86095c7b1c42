import { existsSync } from 'node:fs';
import { parseEnvironment } from '../config/parse-environment.js';
import { explainStartFailure } from '../start/explain-start-failure.js';
import type { CommandResult } from './command-runner.js';
import { controlSocketPath, sendCommand } from './control-socket.js';

/** `npm run cli -- …`: through the running server where the store is embedded, else beside it. */
async function main(argv: readonly string[]): Promise<CommandResult> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const environment = parseEnvironment(process.env);
  if (environment.mongodbUri === null) {
    const result = await sendCommand(controlSocketPath(environment.dataDir), argv);
    if (result !== null) return result;
  }
  // Loaded only where it is needed: a command to a running server answers at once.
  const { runBesideServer } = await import('./run-beside-server.js');
  return runBesideServer(environment, argv);
}

try {
  const { code, output } = await main(process.argv.slice(2));
  (code === 0 ? process.stdout : process.stderr).write(`${output}\n`);
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`${explainStartFailure(error)}\n`);
  process.exitCode = 1;
}
