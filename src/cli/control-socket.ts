import { chmodSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { CommandResult, CommandRunner } from './command-runner.js';

/** Longest command line and longest answer, in bytes. */
const maxRequestBytes = 65_536;
const maxAnswerBytes = 16_777_216;
const timeoutMs = 30_000;

/**
 * How a command reaches a server that has the embedded store, which one process at a time may open: a
 * Unix socket in the data folder. Whoever may open it may read the signing keys beside it as well, so
 * the folder's permissions (0700, and 0600 on the socket) are the whole of its security.
 */
export const controlSocketPath = (dataDir: string): string => join(dataDir, 'control.sock');

/** Listens for commands. One connection, one JSON line with the words, one JSON line with the result. */
export async function listenForCommands(path: string, runner: CommandRunner): Promise<Server> {
  // What a killed server left behind; the database's lock says that no other one is running.
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.setTimeout(timeoutMs, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    void answer(socket, runner);
  });
  server.maxConnections = 8;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return server.unref();
}

async function answer(socket: Socket, runner: CommandRunner): Promise<void> {
  let result: CommandResult;
  try {
    const argv: unknown = JSON.parse(await readLine(socket, maxRequestBytes));
    if (!Array.isArray(argv) || !argv.every((word) => typeof word === 'string'))
      throw new Error('no words');
    result = await runner.run(argv);
  } catch (error) {
    result = { code: 1, output: error instanceof Error ? error.message : 'failed' };
  }
  socket.end(`${JSON.stringify(result)}\n`);
}

/** Sends a command to a running server; null when none listens. */
export async function sendCommand(
  path: string,
  argv: readonly string[],
): Promise<CommandResult | null> {
  const socket = createConnection(path);
  const connected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => {
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
  if (!connected) return null;
  socket.write(`${JSON.stringify(argv)}\n`);
  return JSON.parse(await readLine(socket, maxAnswerBytes)) as CommandResult;
}

function readLine(socket: Socket, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end));
      else if (text.length > maxBytes) reject(new Error('line too long'));
    });
    socket.once('close', () => {
      reject(new Error('the connection closed before the answer came'));
    });
  });
}
