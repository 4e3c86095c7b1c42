import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@portcullis/auth';
import { ApplicationsService } from '../../applications/applications.service.js';
import type { AuditEntry } from '../../audit/audit-entry.js';
import { AuditService } from '../../audit/audit.service.js';
import { Database } from '../../storage/database.js';
import { NodesService, type NodeView } from '../../tokens/revocation/nodes.service.js';
import { RevocationService } from '../../tokens/revocation/revocation.service.js';
import { SessionsService } from '../../tokens/sessions/sessions.service.js';
import type { UserStatus } from '../../users/user.js';
import { UsersService } from '../../users/users.service.js';
import { toRecorded, type RecordedRevocation } from '../revocations/recorded-revocation.js';
import { OverviewHistory, type PointInTime } from './overview-history.js';
import { percentilesOf, type Percentiles } from './percentiles.js';

const dayMs = 86_400_000;
/** Times are of the newest so many: an overview must not read a day of everybody's log-outs. */
const maxMeasured = 1000;
const shownRevocations = 50;
const newestEntries = 10;

export interface Overview {
  readonly users: Readonly<Record<UserStatus, number>>;
  /** Users with a live session. */
  readonly signedInUsers: number;
  readonly liveSessions: number;
  readonly liveSessionsPerHour: readonly PointInTime[];
  readonly failedSignInsPerHour: readonly PointInTime[];
  readonly applications: number;
  readonly revocations: {
    readonly since: Date;
    readonly count: number;
    /** Null when nothing was revoked. */
    readonly durationMs: Percentiles | null;
    /** Newest first. */
    readonly recent: readonly RecordedRevocation[];
  };
  /** The newest of the audit log. */
  readonly entries: readonly AuditEntry[];
  /** The node that answers, by its id in `nodes`. */
  readonly node: string;
  readonly nodes: readonly NodeView[];
  readonly storage: Database['engine'];
  readonly startedAt: Date;
}

/** How the server does, in numbers. */
@Injectable()
export class AdminOverviewService {
  private readonly startedAt: Date;

  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(ApplicationsService) private readonly applications: ApplicationsService,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(NodesService) private readonly nodes: NodesService,
    @Inject(Database) private readonly database: Database,
    @Inject(OverviewHistory) private readonly history: OverviewHistory,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.startedAt = new Date(clock.now());
  }

  async read(): Promise<Overview> {
    const [users, live, applications, revocations, nodes, { rows: entries }] = await Promise.all([
      this.users.countByStatus(),
      this.readSessions(),
      this.applications.list(),
      this.readRevocations(),
      this.nodes.list(),
      this.audit.list({ limit: newestEntries }),
    ]);
    return {
      users,
      ...live,
      failedSignInsPerHour: await this.history.failedSignIns(),
      applications: applications.length,
      revocations,
      entries,
      node: this.revocations.nodeId,
      nodes,
      storage: this.database.engine,
      startedAt: this.startedAt,
    };
  }

  private async readSessions(): Promise<
    Pick<Overview, 'signedInUsers' | 'liveSessions' | 'liveSessionsPerHour'>
  > {
    const [signedInUsers, liveSessions] = await Promise.all([
      this.history.signedInUsers(),
      this.sessions.countLive(),
    ]);
    const liveSessionsPerHour = await this.history.liveSessions(liveSessions);
    return { signedInUsers, liveSessions, liveSessionsPerHour };
  }

  private async readRevocations(): Promise<Overview['revocations']> {
    const since = new Date(this.clock.now() - dayMs);
    const query = { revocations: true, from: since, limit: maxMeasured };
    const { rows, total } = await this.audit.list(query);
    const recorded = rows.flatMap(toRecorded);
    const times = recorded.map(({ revocation }) => revocation.durationMs);
    const recent = recorded.slice(0, shownRevocations);
    return { since, count: total, durationMs: percentilesOf(times), recent };
  }
}
