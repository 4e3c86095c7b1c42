import { Logger } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { UnavailableError } from '../access-token/access-token.errors.js';
import type { CheckedToken } from '../access-token/checked-token.js';
import type { Clock } from '../clock.js';
import type { TokenVersions } from './check/token-versions.js';
import { guardedStream } from './guarded-stream.js';
import type { NodeClock } from './node.clock.js';
import { Connection, type EndReason, type OpenConnection } from './open-connection.js';
import type { RevocationState } from './state/revocation-state.js';
import type { Subject } from './subject.js';

const maxConnections = 50_000;

/**
 * Event streams and sockets of this node, by what their tokens name. They are ended in the same step in
 * which an event is applied, so before it is acknowledged: a revoke that was answered has ended them.
 */
export class OpenConnections {
  private readonly logger = new Logger('Connections');
  private readonly bySubject = new Map<Subject, Set<Connection>>();
  private readonly all = new Set<Connection>();
  private cancelTimer: (() => void) | null = null;
  private isClosing = false;

  /**
   * @param everyMs how often each is checked again, whatever happens: once in a lease.
   * @param time what the ends of sessions are judged by.
   */
  constructor(
    private readonly versions: TokenVersions,
    private readonly clock: NodeClock,
    private readonly everyMs: number,
    state?: RevocationState,
    private readonly time: Pick<Clock, 'now'> = { now: () => clock.wall() },
  ) {
    state?.listen({
      applied: ({ subject, version }) => {
        for (const one of [...(this.bySubject.get(subject) ?? [])]) one.revoked(subject, version);
      },
      // Nobody knows whose; whoever is not meant connects again.
      missed: () => this.endAll('unknown'),
    });
  }

  get size(): number {
    return this.all.size;
  }

  /**
   * Keeps `token`'s connection in mind until it is forgotten. `end` is called once, at once and in the
   * step that ends it; it must close the connection before it returns, and not throw.
   * @throws UnavailableError when there are too many.
   */
  open(token: CheckedToken, end: (reason: EndReason) => void): OpenConnection {
    if (this.all.size >= maxConnections) {
      throw new UnavailableError('Too many connections are open.');
    }
    const connection = new Connection(token, this.versions, this.time, {
      end: (reason) => this.end(connection, end, reason),
      forget: () => this.remove(connection),
    });
    this.all.add(connection);
    for (const [subject] of token.subjects) {
      const known = this.bySubject.get(subject);
      if (known) known.add(connection);
      else this.bySubject.set(subject, new Set([connection]));
    }
    this.cancelTimer ??= this.clock.after(this.everyMs, () => this.checkAll());
    if (this.isClosing) connection.finish('unknown');
    // What was applied since the request was let in has not found it here.
    else void connection.mayWrite();
    return connection;
  }

  /**
   * `source` for `@Sse()`: what comes of it while the token holds, in its order. Completes in the step in
   * which that ends, after a last word if there is one; then nothing is emitted any more. What waits
   * for a slow reader by then was emitted while it was allowed.
   */
  stream<T>(
    token: CheckedToken,
    source: Observable<T>,
    lastWord?: (reason: EndReason) => T,
  ): Observable<T> {
    return guardedStream((end) => this.open(token, end), source, lastWord);
  }

  /** On shutdown: also what is opened from now on ends at once, or the server would wait for it. */
  close(): void {
    this.isClosing = true;
    this.endAll('unknown');
  }

  /** When nobody can say what was missed. */
  endAll(reason: EndReason): void {
    for (const connection of [...this.all]) connection.finish(reason);
  }

  /** What was opened between a revoke's two appends, or while a revoker crashed, ends by this. */
  private checkAll(): void {
    this.cancelTimer = null;
    for (const connection of [...this.all]) void connection.mayWrite();
    if (this.all.size > 0) this.cancelTimer = this.clock.after(this.everyMs, () => this.checkAll());
  }

  private end(connection: Connection, end: (reason: EndReason) => void, reason: EndReason): void {
    this.remove(connection);
    try {
      end(reason);
    } catch (error) {
      this.logger.error(error);
    }
  }

  private remove(connection: Connection): void {
    this.all.delete(connection);
    for (const [subject] of connection.token.subjects) {
      const known = this.bySubject.get(subject);
      known?.delete(connection);
      if (known?.size === 0) this.bySubject.delete(subject);
    }
    if (this.all.size > 0) return;
    this.cancelTimer?.();
    this.cancelTimer = null;
  }
}
