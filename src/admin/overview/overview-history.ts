import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@portcullis/auth';
import { AuditService } from '../../audit/audit.service.js';
import { SessionsService } from '../../tokens/sessions/sessions.service.js';

const hourMs = 3_600_000;
const hours = 24;
const keptMs = 10_000;

export interface PointInTime {
  readonly at: Date;
  readonly count: number;
}

/** The last 24 hours, hour by hour, from what is stored: so each node says the same, and a restart forgets nothing. */
@Injectable()
export class OverviewHistory {
  /** How many were live at a full hour does not change any more. */
  private readonly liveAt = new Map<number, number>();

  private signedIn: { readonly at: number; readonly count: Promise<number> } | null = null;

  constructor(
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Users with a live session; counted anew after ten seconds, as each session must be looked at. */
  signedInUsers(): Promise<number> {
    const at = this.clock.now();
    if (this.signedIn !== null && at - this.signedIn.at < keptMs) return this.signedIn.count;
    const count = this.sessions.countLiveUsers();
    this.signedIn = { at, count };
    count.catch(() => (this.signedIn = null));
    return count;
  }

  /** Each hour by its beginning; the last is the one that is not over. */
  async failedSignIns(): Promise<readonly PointInTime[]> {
    const beginnings = this.fullHours();
    const from = beginnings[0] ?? new Date(0);
    const kind = { action: 'session.login', result: 'failure' } as const;
    const counts = await this.audit.count({ ...kind, from, stretchMs: hourMs, stretches: hours });
    return beginnings.map((at, index) => ({ at, count: counts[index] ?? 0 }));
  }

  /** At each full hour, and now. */
  async liveSessions(now: number): Promise<readonly PointInTime[]> {
    const moments = this.fullHours();
    const unknown = moments.filter((at) => !this.liveAt.has(at.getTime()));
    // A busy database may take longer than a request: those points are left out until the next time.
    const counts = await this.sessions.countLiveThen(unknown).catch(() => []);
    for (const [index, count] of counts.entries()) {
      this.liveAt.set(unknown[index]?.getTime() ?? 0, count);
    }
    const first = moments[0]?.getTime() ?? 0;
    for (const at of this.liveAt.keys()) if (at < first) this.liveAt.delete(at);
    const past = moments.flatMap((at) => {
      const count = this.liveAt.get(at.getTime());
      return count === undefined ? [] : [{ at, count }];
    });
    return [...past, { at: new Date(this.clock.now()), count: now }];
  }

  private fullHours(): readonly Date[] {
    const last = Math.floor(this.clock.now() / hourMs);
    return Array.from(
      { length: hours },
      (_, index) => new Date((last - hours + 1 + index) * hourMs),
    );
  }
}
