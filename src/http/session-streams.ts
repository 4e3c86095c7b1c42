/** Event streams that are a session's: few of each, and over in the step in which the session is. */
import { ProblemException, type CheckedToken, type OpenConnections } from '@portcullis/auth';
import type { FastifyReply } from 'fastify';
import { EventStream } from './event-stream.js';

export interface StreamLimits {
  readonly perSession: number;
  /** Of this kind. */
  readonly perNode: number;
}

/** In the words of the 401 that the next request would get. */
const codes = {
  token_revoked: 'token_revoked',
  session_revoked: 'session_revoked',
  session_expired: 'token_expired',
} as const;

/** The streams of one route. */
export class SessionStreams {
  private readonly bySession = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly connections: OpenConnections,
    private readonly limits: StreamLimits,
  ) {}

  /**
   * Begins to answer. Its last word is `ended`, with the code of the next 401.
   * @throws ProblemException `rate_limited`, `unavailable`: before anything was answered.
   */
  open(checked: CheckedToken, reply: FastifyReply): SessionStream {
    const { sid } = checked;
    const ofSession = this.bySession.get(sid) ?? 0;
    const { perSession, perNode } = this.limits;
    if (ofSession >= perSession) throw tooMany(`a session may have ${perSession}`);
    if (this.count >= perNode) throw tooMany(`a node may have ${perNode}`);
    this.bySession.set(sid, ofSession + 1);
    this.count += 1;
    try {
      return this.begin(checked, reply);
    } catch (error) {
      this.giveBack(sid);
      throw error;
    }
  }

  private begin(checked: CheckedToken, reply: FastifyReply): SessionStream {
    // Nothing is answered before it is known that there is room for it.
    let end: (code: string | null) => void = () => undefined;
    let endedBefore: string | null | undefined;
    const connection = this.connections.open(checked, (reason) => {
      // Of what nobody knows nothing is said: the page connects again, and is answered.
      endedBefore = reason === 'unknown' ? null : codes[reason];
      end(endedBefore);
    });
    const events = beginOr(() => connection.forget(), reply);
    const stream = new SessionStream(events, () => connection.mayWrite());
    end = (code) => {
      if (code !== null) events.send('ended', { code });
      events.end();
    };
    events.onClose(() => {
      connection.forget();
      this.giveBack(checked.sid);
      stream.closed();
    });
    if (endedBefore !== undefined) end(endedBefore);
    return stream;
  }

  private giveBack(sid: string): void {
    this.count -= 1;
    const left = (this.bySession.get(sid) ?? 1) - 1;
    if (left === 0) this.bySession.delete(sid);
    else this.bySession.set(sid, left);
  }
}

/** One of them. */
export class SessionStream {
  private sending: Promise<unknown> = Promise.resolve();
  private isOpen = true;
  private onClosed: () => void = () => undefined;

  constructor(
    private readonly events: EventStream,
    private readonly mayWrite: () => boolean | Promise<boolean>,
  ) {}

  /** In the order of the calls, and only while the session holds. */
  send(event: string, data: object, id?: string): void {
    this.sending = this.sending.then(async () => {
      if (this.isOpen && (await this.mayWrite())) this.events.send(event, data, id);
    });
  }

  /** Called once, however it came to an end. */
  onClose(listener: () => void): void {
    if (this.isOpen) this.onClosed = listener;
    else listener();
  }

  closed(): void {
    this.isOpen = false;
    this.onClosed();
  }
}

function beginOr(forget: () => void, reply: FastifyReply): EventStream {
  try {
    return new EventStream(reply);
  } catch (error) {
    forget();
    throw error;
  }
}

const tooMany = (what: string): ProblemException =>
  new ProblemException('rate_limited', `Of these streams ${what} at a time.`, {
    headers: { 'retry-after': '10' },
  });
