import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';

/** The built server in a process of its own, to be killed and started again on the same folder. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  /** What it printed since its last start, both streams. */
  output = '';

  constructor(
    readonly url: string,
    readonly dataDir: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Starts it and waits until it is ready; rejects with its own words when it ends before. */
  async start(): Promise<void> {
    this.output = '';
    const child = spawn(process.execPath, ['dist/main.js'], { env: this.environment() });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    for (let attempt = 0; attempt < 300; attempt++) {
      if (child.exitCode !== null) throw new Error(`the server ended: ${this.output}`);
      if (this.output.includes('Portcullis listens on')) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the server is not ready: ${this.output}`);
  }

  /** Starts it and waits until it ends by itself. */
  async startAndFail(): Promise<{ code: number | null; output: string }> {
    const failed = await this.start().then(
      () => false,
      () => true,
    );
    if (!failed) throw new Error('the server started');
    return { code: this.child?.exitCode ?? null, output: this.output };
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  /** For good: the folder goes too. */
  async stop(): Promise<void> {
    await this.kill('SIGKILL');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private environment(): NodeJS.ProcessEnv {
    const { PATH, HOME } = process.env;
    const port = new URL(this.url).port;
    return { PATH, HOME, PORT: port, DATA_DIR: this.dataDir, LOG_LEVEL: 'warn', ...this.env };
  }
}

export async function createServerProcess(
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portcullis-'));
  return new ServerProcess(`http://127.0.0.1:${String(await freePort())}`, dataDir, env);
}

export async function startServer(env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await createServerProcess(env);
  await server.start();
  return server;
}
