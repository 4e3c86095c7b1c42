// A client that does what a test says, with deadlines by the page's clock. Runs in the page.
import type { SessionClient, SessionEventMap } from '@portcullis/client';

type Type = keyof SessionEventMap;
type Listener = (event: never) => void;
type State = SessionClient['state'];

export type Outcome = 'ok' | 'fails' | 'ended' | 'pending';

export class FakeClient {
  readonly appId = 'fake';
  readonly session = null;
  readonly ready = Promise.resolve<State>('active');
  readonly calls: string[] = [];
  state: State = 'active';
  onExtend: Outcome = 'ok';
  waited = 0;
  private idleEnd = 0;
  private absoluteEnd = 0;
  private readonly listeners = new Map<Type, Set<Listener>>();

  constructor(idleMs = 600_000, absoluteMs = 28_800_000) {
    this.ends(idleMs, absoluteMs);
  }

  ends(idleMs: number, absoluteMs = 28_800_000): void {
    this.idleEnd = Date.now() + idleMs;
    this.absoluteEnd = Date.now() + absoluteMs;
  }

  remaining(): { idleMs: number; absoluteMs: number; extendable: boolean } | null {
    if (this.state === 'signed-out') return null;
    const absoluteMs = this.absoluteEnd - Date.now();
    const idleMs = Math.min(this.idleEnd - Date.now(), absoluteMs);
    return { idleMs, absoluteMs, extendable: this.idleEnd < this.absoluteEnd };
  }

  /** As the client does when so much is left. */
  warn(idleMs: number, absoluteMs = 28_800_000): void {
    this.ends(idleMs, absoluteMs);
    this.become('warning');
    this.emit('warning', this.remaining());
  }

  become(to: State): void {
    const from = this.state;
    this.state = to;
    if (from !== to) this.emit('statechange', { from, to });
  }

  /** A newer token, from here or from another tab. */
  slide(idleMs = 600_000, absoluteMs = 28_800_000): void {
    this.ends(idleMs, absoluteMs);
    this.become('active');
    this.emit('token', { origin: 'other-tab' });
  }

  /** As after ten minutes, or twelve hours. */
  end(reason: string, origin = 'server'): void {
    this.become('signed-out');
    const waitUntil = (): number => this.waited++;
    const allowedMs = { idle: 600_000, absolute: 43_200_000 }[reason] ?? 0;
    this.emit('ended', { reason, origin, allowedMs, waitUntil });
  }

  async extend(): Promise<boolean> {
    this.calls.push('extend');
    if (this.state === 'warning' || this.state === 'unknown') this.become('extending');
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (this.onExtend === 'pending') await new Promise(() => undefined);
    if (this.onExtend === 'ended') this.end('idle');
    if (this.onExtend === 'ended') throw new Error('ended');
    if (this.onExtend === 'ok') this.slide();
    else this.goBack();
    return this.onExtend === 'ok';
  }

  async signOut(): Promise<void> {
    this.calls.push('signOut');
    this.end('signed-out', 'here');
    await Promise.resolve();
  }

  on(type: Type, listener: Listener, options: { signal?: AbortSignal } = {}): () => void {
    const set = this.listeners.get(type) ?? new Set();
    this.listeners.set(type, set.add(listener));
    options.signal?.addEventListener('abort', () => set.delete(listener));
    return () => set.delete(listener);
  }

  count(): number {
    return [...this.listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Not extended: to what the time says, in two steps as the client does it. */
  private goBack(): void {
    if (this.state === 'extending') this.become('warning');
    if ((this.remaining()?.idleMs ?? 0) <= 0) this.become('unknown');
  }

  private emit(type: Type, event: unknown): void {
    for (const listener of this.listeners.get(type) ?? []) listener(event as never);
  }
}
