/** Whether what came from elsewhere is one of the protocol's messages. Nothing else is believed. */
import type { Acknowledgement, Ring } from './doorbell.js';
import type { NumberedEvent } from './revocation-log.js';
import { isSubject } from './subject.js';

/** Of the form of a T, perhaps, with anything in it. */
export type Unknown<T> = Partial<Record<keyof T, unknown>>;

export function isRing(value: unknown): value is Ring {
  const { log, seq, events } = (value ?? {}) as Unknown<Ring>;
  return typeof log === 'string' && isCount(seq) && Array.isArray(events) && events.every(isEvent);
}

export function isEvent(value: unknown): value is NumberedEvent {
  const { number, subject, version } = (value ?? {}) as Unknown<NumberedEvent>;
  return isSubject(subject) && isCount(number) && isCount(version);
}

export function isAcknowledgement(value: unknown): value is Acknowledgement {
  const { log, node, acked } = (value ?? {}) as Unknown<Acknowledgement>;
  return typeof log === 'string' && typeof node === 'string' && isCount(acked);
}

export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
