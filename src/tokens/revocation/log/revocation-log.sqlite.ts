import {
  RevocationLog,
  type Appended,
  type LogHead,
  type NodeEntry,
  type NodeKind,
  type PollReply,
  type PollRequest,
  type RevocationEvent,
  type Subject,
} from '@portcullis/auth';
import { RandomIds } from '../../../storage/ids.js';
import type { SqliteDatabase } from '../../../storage/sqlite/database.js';
import type { SqliteRow } from '../../../storage/sqlite/row.js';
import { insertInto } from '../../../storage/sqlite/sql.js';
import { checkCount, checkEvents, checkLog, checkNode, checkPoll } from './log-input.js';
import { isOfLog, keptEvents, toReply, type LoggedEvent } from './poll-reply.js';

const now = `CAST(round(unixepoch('subsec') * 1000) AS INTEGER)`;

interface Head {
  readonly log: string;
  readonly seq: number;
  readonly now: Date;
  readonly ageMs: number | null;
}

/**
 * The log in the embedded database. No other process has the file, so each call is one step. How far
 * nodes are is kept in memory, as flushing each poll would wear the disk out for nothing: after a
 * restart they count as they did when they came, and a revoke waits a little longer for them.
 */
export class SqliteRevocationLog extends RevocationLog {
  private readonly nodes = new Map<string, NodeEntry>();
  /** Those whose row is known to be there, with the lease they have. */
  private readonly stored = new Set<string>();

  constructor(private readonly database: SqliteDatabase) {
    super();
    database.transaction(() => this.createUnlessThere());
    // That process had the file for itself, so it is gone.
    database.run("DELETE FROM revocation_nodes WHERE kind = 'server'");
    for (const row of database.all('SELECT * FROM revocation_nodes')) {
      const entry = toEntry(row);
      this.nodes.set(entry.id, entry);
      this.stored.add(entry.id);
    }
  }

  override async poll(request: PollRequest): Promise<PollReply> {
    checkPoll(request);
    const head = this.head();
    const isOfIt = isOfLog(request, head);
    this.register(request, isOfIt ? request.acked : 0, head.now);
    const events = this.eventsAfter(isOfIt ? request.after : 0);
    return toReply(request, { ...head, events });
  }

  override async append(events: readonly RevocationEvent[]): Promise<Appended> {
    checkEvents(events);
    const { log, seq, now: at, ageMs } = this.head();
    const last = seq + events.length;
    this.database.transaction(() => {
      for (const [index, { subject, version }] of events.entries()) {
        this.insert('revocation_events', { number: seq + 1 + index, subject, version, at });
      }
      this.database.run('DELETE FROM revocation_events WHERE number <= ?', last - keptEvents);
      this.database.run('UPDATE revocation_log SET seq = ?', last);
    });
    return { log, seq: last, nodes: [...this.nodes.values()], at, logAgeMs: ageMs };
  }

  override async readHead(): Promise<LogHead> {
    const { log, seq } = this.head();
    return { log, seq, nodes: [...this.nodes.values()] };
  }

  override async expel(log: string, node: string, polls: number): Promise<void> {
    checkLog(log);
    checkNode(node);
    checkCount('polls', polls);
    if (log === this.head().log && this.nodes.get(node)?.polls === polls) this.remove(node);
  }

  override async leave(node: string): Promise<void> {
    checkNode(node);
    this.remove(node);
  }

  /**
   * Everything only grows, as polls may arrive late. The lease too: a node that did not get the answer
   * with the shorter one still holds the longer.
   */
  private register(request: PollRequest, acked: number, polledAt: Date): void {
    const { node: id, kind } = request;
    const known = this.nodes.get(id);
    const entry: NodeEntry = {
      id,
      kind,
      acked: Math.max(acked, known?.acked ?? 0),
      polls: Math.max(request.polls, known?.polls ?? 0),
      leaseMs: Math.max(request.leaseMs, known?.leaseMs ?? 0),
      polledAt,
    };
    // Before the node hears that it may trust its memory: a restart must not forget it.
    if (!this.stored.has(id) || entry.leaseMs !== known?.leaseMs) this.store(entry);
    this.nodes.set(id, entry);
  }

  private store({ id, kind, acked, polls, leaseMs, polledAt }: NodeEntry): void {
    this.stored.delete(id);
    this.database.transaction(() => {
      this.database.run('DELETE FROM revocation_nodes WHERE id = ?', id);
      const columns = { id, kind, acked, polls, lease_ms: leaseMs, polled_at: polledAt };
      this.insert('revocation_nodes', columns);
    });
    this.stored.add(id);
  }

  private remove(id: string): void {
    this.stored.delete(id);
    this.database.run('DELETE FROM revocation_nodes WHERE id = ?', id);
    this.nodes.delete(id);
  }

  private head(): Head {
    const row = this.database.first(`SELECT *, ${now} AS now FROM revocation_log`);
    // Never another in its place: whoever follows this one would not hear of it.
    if (row === null) throw new Error('the row of the revocation log is missing');
    const ageMs = row.number('now') - row.number('born_at');
    return {
      log: row.text('log'),
      seq: row.number('seq'),
      now: row.date('now'),
      ageMs: row.boolean('is_first') ? null : Math.max(0, ageMs),
    };
  }

  private eventsAfter(number: number): LoggedEvent[] {
    const text = `SELECT subject, version, at FROM revocation_events WHERE number > ? ORDER BY number`;
    return this.database.all(text, number).map((row) => ({
      subject: row.text('subject') as Subject,
      version: row.number('version'),
      at: row.date('at'),
    }));
  }

  /**
   * Of a new file, of one of an earlier release, or when the row was deleted after a restore from backup.
   * Without users no token was ever minted, so nobody follows a log that was here before.
   */
  private createUnlessThere(): void {
    if (this.database.first('SELECT 1 FROM revocation_log')) return;
    this.database.run('DELETE FROM revocation_events');
    // Nodes keep their leases; what they acknowledged was another log's.
    this.database.run('UPDATE revocation_nodes SET acked = 0');
    this.database.run(
      `INSERT INTO revocation_log (id, log, seq, born_at, is_first)
         VALUES (1, ?, 0, ${now}, NOT EXISTS (SELECT 1 FROM users))`,
      new RandomIds().next(),
    );
  }

  private insert(table: string, columns: Parameters<typeof insertInto>[1]): void {
    const { text, values } = insertInto(table, columns);
    this.database.run(text, ...values);
  }
}

const toEntry = (row: SqliteRow): NodeEntry => ({
  id: row.text('id'),
  kind: row.text('kind') as NodeKind,
  acked: row.number('acked'),
  polls: row.number('polls'),
  leaseMs: row.number('lease_ms'),
  polledAt: row.date('polled_at'),
});
