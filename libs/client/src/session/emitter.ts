// Listeners of the client. One that throws keeps nobody else from hearing, nor the client from its work.
import type { SessionEventMap } from '../session-events.js';

type Listener = (event: never) => void;

export class Emitter {
  readonly #listeners = new Map<keyof SessionEventMap, Set<Listener>>();

  on<K extends keyof SessionEventMap>(
    type: K,
    listener: (event: SessionEventMap[K]) => void,
    options?: { signal?: AbortSignal },
  ): () => void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners);
    // A wrapper of its own: the same function, added twice, is heard twice and taken off once.
    const own: Listener = (event) => listener(event);
    const off = (): void => void listeners.delete(own);
    if (options?.signal?.aborted) return off;
    listeners.add(own);
    options?.signal?.addEventListener('abort', off, { once: true });
    return off;
  }

  emit<K extends keyof SessionEventMap>(type: K, event: SessionEventMap[K]): void {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) {
      try {
        listener(event as never);
      } catch (error) {
        globalThis.reportError(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
