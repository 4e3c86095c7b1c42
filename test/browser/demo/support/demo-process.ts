// `npm run demo` as anybody starts it, on ports of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../../support/free-port.js';
import { root } from '../../support/root.js';

export interface Demo {
  readonly orders: string;
  readonly billing: string;
  readonly server: string;
  readonly output: string;
  stop(): Promise<void>;
}

export async function startDemo(...options: string[]): Promise<Demo> {
  const ports = [await freePort(), await freePort(), await freePort(), await freePort()];
  const run = await runDemo(['--ports', ports.join(','), ...options]);
  if (run.code !== null) throw new Error(`the demo ended: ${run.output()}`);
  const [server = '', , orders = '', billing = ''] = ports.map(
    (port) => `http://localhost:${port}`,
  );
  return { orders, billing, server, output: run.output(), stop: run.stop };
}

export interface Run {
  /** Null while it runs. */
  readonly code: number | null;
  output(): string;
  stop(): Promise<void>;
}

/** Resolves once it says where everything is, or has ended. */
export async function runDemo(options: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, ['scripts/demo.mjs', ...options], {
    cwd: root,
    env: { ...process.env, THROTTLE: 'off' },
  });
  let output = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Ctrl-C')) resolve();
      });
    }
  });
  const ended = once(child, 'exit');
  await Promise.race([ready, ended]);
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) child.kill('SIGINT');
    await ended;
  };
  return { code: child.exitCode, output: () => output, stop };
}
