/** What a poll is answered, for what the log holds in the same moment. The same on each engine. */
import type { NumberedEvent, PollReply, PollRequest, RevocationEvent } from '@portcullis/auth';

/** How many events a log keeps: whoever missed more starts over. */
export const keptEvents = 1_000;

export interface LoggedEvent extends RevocationEvent {
  readonly at: Date;
}

export interface LogView {
  readonly log: string;
  readonly seq: number;
  /** Without holes up to `seq`: all that are kept, or at least those after what is asked for. */
  readonly events: readonly LoggedEvent[];
  readonly now: Date;
}

/** Whether what the request says is of this log, and can be true of it. */
export const isOfLog = (
  { log, acked, after }: PollRequest,
  head: Pick<LogView, 'log' | 'seq'>,
): boolean => log === head.log && Math.max(acked, after) <= head.seq;

export function toReply(request: PollRequest, { log, seq, events, now }: LogView): PollReply {
  const { after, leaseMs } = request;
  const first = seq - events.length + 1;
  const numbered = events.map(({ subject, version }, index): NumberedEvent => {
    return { number: first + index, subject, version };
  });
  if (isOfLog(request, { log, seq }) && after + 1 >= first) {
    const missing = numbered.slice(after + 1 - first);
    return { log, seq, events: missing, gap: false, oldestAgeMs: null, leaseMs };
  }
  const [oldest] = events;
  // As young as can be: of a clock that was put back, and of those before the first in a later log.
  const ageMs = oldest ? Math.max(0, now.getTime() - oldest.at.getTime()) : 0;
  const oldestAgeMs = seq === 0 ? null : ageMs;
  return { log, seq, events: numbered, gap: true, oldestAgeMs, leaseMs };
}
