/** The variants' processes: started, warmed, asked what they have used. */
import type { Variant } from '../catalogue.js';
import type { Load, Loaded } from '../load/closed-loop.js';
import { Child } from '../process/child.js';
import type { ProfileSummary } from '../variants/profile.js';
import type { Given, Started } from '../variants/started.js';

const controlScript = new URL('../variants/control.js', import.meta.url).href;

export interface Measured extends Loaded {
  readonly cpuPerRequest: number;
}

export class RunningVariant {
  private constructor(
    readonly variant: Variant,
    private readonly child: Child,
    private readonly started: Started,
    private readonly loader: Child,
  ) {}

  static async start(variant: Variant, loader: Child, given: Given): Promise<RunningVariant> {
    const child = new Child({
      name: variant.name,
      script: 'variants/main.js',
      args: [variant.starts ?? variant.name],
      execArgv: ['--import', controlScript],
      env: { ...given },
      on: 'server',
    });
    try {
      return new RunningVariant(variant, child, await child.outcome(60_000), loader);
    } catch (error) {
      child.kill();
      throw error;
    }
  }

  /** Asks for so long, and says what it cost. @throws when any answer was not 2xx. */
  async measure(connections: number, seconds: number): Promise<Measured> {
    const before = await this.child.ask<number>('cpu');
    const loaded = await this.load(connections, seconds);
    const after = await this.child.ask<number>('cpu');
    if (loaded.failures > 0) {
      throw new Error(`${this.variant.name}: ${loaded.failures} requests failed`);
    }
    return { ...loaded, cpuPerRequest: (after - before) / loaded.requests };
  }

  /** The same again, looked at: sampling costs, so its figures are not used. */
  async profile(connections: number, seconds: number): Promise<ProfileSummary> {
    const load = this.load(connections, seconds + 1);
    const timeoutMs = 1000 * seconds + 30_000;
    const summary = await this.child.ask<ProfileSummary>('profile', { seconds }, timeoutMs);
    await load;
    return summary;
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }

  private load(connections: number, seconds: number): Promise<Loaded> {
    const { port, path, headers } = this.started;
    const adopts = this.variant.adopts === true;
    const url = `http://127.0.0.1:${port}${path}`;
    const load: Load = { url, connections, seconds, headers, adopts };
    return this.loader.ask('load', load, seconds * 1000 + 30_000);
  }
}
