import { UnavailableError } from '../../access-token/access-token.errors.js';
import type { NodeClock } from '../node.clock.js';
import { unproven, type RevocationState } from '../state/revocation-state.js';
import type { Subject, SubjectVersion } from '../subject.js';
import type { TokenVersionSource } from '../token-version-source.js';
import type { SecondLevel } from './second-level.js';
import { SharedReads } from './shared-reads.js';

/** What a look-up found. */
export interface Found {
  /** Null: there is no such subject. */
  readonly record: SubjectVersion | null;
  /** What it is worth to those who did not read it themselves. */
  readonly number: number;
  /** When the read began, in the order of `arrival`. */
  readonly begun: number;
}

/** More than these at once are refused with 503 and not queued. */
const maxReads = 1_000;
const maxStoredAgeMs = 300_000;

/** What is not in memory: from the second level, or read from the source, once for all who ask. */
export class SubjectLookup {
  private readonly reads = new SharedReads<Subject, Found>();
  private inFlight = 0;

  constructor(
    private readonly state: RevocationState,
    private readonly source: TokenVersionSource,
    private readonly secondLevel: SecondLevel | null,
    private readonly clock: NodeClock,
  ) {}

  /** A request's place in time: a read counts as its own when it began later. */
  arrival(): number {
    return this.reads.arrival();
  }

  /** What others may have found already: it counts where it is usable, under the lease. */
  async share(subject: Subject, named: number): Promise<Found> {
    const stored = await this.fromSecondLevel(subject);
    // A token that is newer than the record is no reason to refuse it: the source is asked.
    if (stored !== null && stored.record.version >= named) return stored;
    return this.read(subject, unproven);
  }

  /**
   * From the source, by a read that began after `arrival`.
   * @throws UnavailableError when it cannot be known now.
   */
  read(subject: Subject, arrival: number): Promise<Found> {
    return this.reads.after(arrival, subject, (begun) => this.begin(subject, begun));
  }

  private async begin(subject: Subject, begun: number): Promise<Found> {
    if (this.inFlight >= maxReads) throw new UnavailableError('Too many checks are under way.');
    this.inFlight += 1;
    const start = this.state.beginRead();
    try {
      const record = await this.source.read(subject);
      const number = this.state.numberOf(start);
      // One that does not exist is refused and not remembered.
      if (record !== null && this.state.keep(subject, record, start)) {
        this.store(subject, record, number);
      }
      return { record, number, begun };
    } catch (error) {
      throw new UnavailableError('It cannot be known now whether the token still holds.', error);
    } finally {
      this.inFlight -= 1;
    }
  }

  private store(subject: Subject, { version, status }: SubjectVersion, number: number): void {
    const log = this.state.logId;
    if (log === null) return;
    this.secondLevel?.set(log, subject, { version, status, number, at: this.clock.wall() });
  }

  private async fromSecondLevel(
    subject: Subject,
  ): Promise<(Found & { record: SubjectVersion }) | null> {
    const log = this.state.logId;
    if (this.secondLevel === null || log === null) return null;
    const stored = await this.secondLevel.get(log, subject);
    // The log is another by now: its numbers are.
    if (stored === null || log !== this.state.logId) return null;
    if (Math.abs(this.clock.wall() - stored.at) > maxStoredAgeMs) return null;
    const { version, status, number } = stored;
    if (!this.state.install(subject, { version, status }, number)) return null;
    return { record: { version, status }, number, begun: unproven };
  }
}
