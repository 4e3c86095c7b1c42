// A client without a server: it is in the state that somebody chose from the gallery.
import type {
  EndReason,
  Remaining,
  SessionClient,
  SessionEventMap,
  SessionState,
} from '@portcullis/client';

export type Stage =
  | {
      readonly kind: 'warning';
      readonly ms: number;
      readonly extending: 'works' | 'fails' | 'hangs';
    }
  | { readonly kind: 'absolute'; readonly ms: number }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ended'; readonly reason: EndReason };

type Listener = (event: never) => void;

const idleMs = 600_000;
const absoluteMs = 28_800_000;

export class StagedClient {
  readonly appId = 'gallery';
  readonly session = null;
  state: SessionState = 'active';
  private ends = this.from(idleMs, absoluteMs);
  private extending: 'works' | 'fails' | 'hangs' = 'works';
  private readonly listeners = new Map<string, Set<Listener>>();

  remaining(): Remaining | null {
    if (this.state === 'signed-out') return null;
    const now = performance.now();
    const left = (end: number): number => Math.max(0, end - now);
    const { idle, absolute } = this.ends;
    return { idleMs: left(idle), absoluteMs: left(absolute), extendable: idle < absolute };
  }

  show(stage: Stage): void {
    this.calm();
    if (stage.kind === 'ended') {
      this.become('signed-out');
      const waitUntil = (): void => undefined;
      const allowedMs = { idle: idleMs, absolute: absoluteMs }[stage.reason as string] ?? 0;
      this.emit('ended', { reason: stage.reason, origin: 'server', allowedMs, waitUntil });
      return;
    }
    const isAbsolute = stage.kind === 'absolute';
    const ms = stage.kind === 'unknown' ? 0 : stage.ms;
    this.ends = this.from(ms, isAbsolute ? ms : absoluteMs);
    this.extending = stage.kind === 'warning' ? stage.extending : 'works';
    this.become(stage.kind === 'unknown' ? 'unknown' : 'warning');
  }

  /** Back to a session that has hours to go. */
  calm(): void {
    this.ends = this.from(idleMs, absoluteMs);
    this.become('active');
    this.emit('token', { origin: 'here' });
  }

  async extend(): Promise<boolean> {
    this.become('extending');
    await new Promise((resolve) => setTimeout(resolve, 600));
    if (this.extending === 'hangs') await new Promise(() => undefined);
    if (this.extending === 'works') this.calm();
    else this.become('warning');
    return this.extending === 'works';
  }

  signOut(): Promise<void> {
    this.show({ kind: 'ended', reason: 'signed-out' });
    return Promise.resolve();
  }

  on(
    type: keyof SessionEventMap,
    listener: Listener,
    options?: { signal?: AbortSignal },
  ): () => void {
    const set = this.listeners.get(type) ?? new Set();
    this.listeners.set(type, set.add(listener));
    const off = (): void => void set.delete(listener);
    options?.signal?.addEventListener('abort', off);
    return off;
  }

  /** The dialog asks for no more than is here. */
  asClient(): SessionClient {
    return this as unknown as SessionClient;
  }

  private from(idle: number, absolute: number): { idle: number; absolute: number } {
    const now = performance.now();
    return { idle: now + idle, absolute: now + absolute };
  }

  private become(to: SessionState): void {
    const from = this.state;
    this.state = to;
    this.emit('statechange', { from, to });
  }

  private emit<K extends keyof SessionEventMap>(type: K, event: SessionEventMap[K]): void {
    for (const listener of this.listeners.get(type) ?? []) listener(event as never);
  }
}
