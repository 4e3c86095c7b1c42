/** Which core runs what: the server alone on the first, the loader and what else there is beside it. */
import { execFileSync } from 'node:child_process';

class Cores {
  /** Those this process may use, or none where nothing can be pinned. */
  readonly usable: readonly number[];

  constructor() {
    this.usable = readAffinity();
  }

  get arePinned(): boolean {
    return this.usable.length > 1;
  }

  /** What goes before the command of a child. */
  pin(on: 'server' | 'loader' | 'any'): string[] {
    if (!this.arePinned) return [];
    const [server, loader] = this.usable;
    const list = on === 'any' ? this.usable.join(',') : String(on === 'server' ? server : loader);
    return ['taskset', '-c', list];
  }

  /** Whatever this process starts without saying where, databases above all, leaves the server alone. */
  leaveServerCore(): void {
    if (!this.arePinned) return;
    const rest = this.usable.slice(1).join(',');
    execFileSync('taskset', ['-a', '-p', '-c', rest, String(process.pid)], { stdio: 'ignore' });
  }

  describe(): string {
    if (!this.arePinned) return 'not pinned: `taskset` is missing, or there is one core';
    const [server, loader] = this.usable;
    return `server on core ${server}, loader on core ${loader}, Redis and the database on the others`;
  }
}

function readAffinity(): number[] {
  try {
    const text = execFileSync('taskset', ['-c', '-p', String(process.pid)], { encoding: 'utf8' });
    const list = /: ([\d,-]+)\s*$/.exec(text)?.[1] ?? '';
    return list.split(',').flatMap((part) => {
      const [from = NaN, to = from] = part.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    });
  } catch {
    return [];
  }
}

export const cores = new Cores();
