/** What must be true of anything that is written into a log. What is not is a fault of the caller. */
import { isSubject, type PollRequest, type RevocationEvent } from '@portcullis/auth';

/** @throws RangeError */
export function checkPoll({ node, log, acked, polls, after, leaseMs }: PollRequest): void {
  checkNode(node);
  if (log !== null) checkLog(log);
  for (const [name, value] of Object.entries({ acked, polls, after })) checkCount(name, value);
  checkCount('leaseMs', leaseMs);
}

/** @throws RangeError */
export function checkEvents(events: readonly RevocationEvent[]): void {
  if (events.length === 0) throw new RangeError('there is no event to append');
  for (const { subject, version } of events) {
    // What the database would store as another character would be another subject.
    if (!isSubject(subject) || subject.includes('\0') || /\p{Cs}/u.test(subject)) {
      throw new RangeError('an event is about a subject');
    }
    checkCount('version', version);
  }
}

/** An id of ours, or `<application>/<node>`. @throws RangeError */
export function checkNode(id: string): void {
  if (typeof id !== 'string' || !/^[\w./-]{1,256}$/.test(id)) {
    throw new RangeError('a node’s id is 1 to 256 letters, digits, or of _ . / -');
  }
}

/** @throws RangeError */
export function checkLog(log: string): void {
  if (typeof log !== 'string' || log.length > 256) throw new RangeError('log is not one’s id');
}

/** @throws RangeError */
export function checkCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${name} is not a number of events, polls or versions`);
  }
}
