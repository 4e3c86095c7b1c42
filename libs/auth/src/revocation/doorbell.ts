import type { NumberedEvent } from './revocation-log.js';

/** News of what was appended. It may be lost, late, repeated or out of order, but never made up. */
export interface Ring {
  readonly log: string;
  readonly seq: number;
  readonly events: readonly NumberedEvent[];
}

/** A node says that it has applied everything up to a number. */
export interface Acknowledgement {
  readonly log: string;
  readonly node: string;
  readonly acked: number;
}

/** More at once say only that there is something: whoever hears it asks the log. */
const maxCarried = 200;

/** A ring as it goes to other processes: of limited length. */
export function toCarry(ring: Ring): Ring {
  return ring.events.length > maxCarried ? { ...ring, events: [] } : ring;
}

type Listener<T> = (message: T) => void;

/**
 * Says "look now", and carries the news and the acknowledgements. Nothing depends on it but how fast a
 * revoke is. This one reaches whoever listens in this process; those that reach further extend it.
 */
export class Doorbell {
  private readonly ringListeners = new Set<Listener<Ring>>();
  private readonly acknowledgementListeners = new Set<Listener<Acknowledgement>>();

  /** Only after the append was confirmed. */
  ring(ring: Ring): void {
    for (const listener of this.ringListeners) listener(ring);
  }

  /** @returns false when acknowledgements do not travel by this bell: then the node polls instead. */
  acknowledge(acknowledgement: Acknowledgement): boolean {
    for (const listener of this.acknowledgementListeners) listener(acknowledgement);
    return true;
  }

  onRing(listener: Listener<Ring>): () => void {
    this.ringListeners.add(listener);
    return () => this.ringListeners.delete(listener);
  }

  onAcknowledgement(listener: Listener<Acknowledgement>): () => void {
    this.acknowledgementListeners.add(listener);
    return () => this.acknowledgementListeners.delete(listener);
  }

  /** Begins to hear what comes from elsewhere. */
  open(): void {
    // In this process there is nothing to open.
  }

  close(): void {
    // Nor to close.
  }
}
