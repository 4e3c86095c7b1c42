import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@portcullis/auth';
import { ApplicationsService } from '../../applications/applications.service.js';
import { AuditService } from '../../audit/audit.service.js';
import { Database } from '../../storage/database.js';
import { NodesService, type NodeView } from '../../tokens/revocation/nodes.service.js';
import { RevocationService } from '../../tokens/revocation/revocation.service.js';
import { SessionsService } from '../../tokens/sessions/sessions.service.js';
import type { UserStatus } from '../../users/user.js';
import { UsersService } from '../../users/users.service.js';
import { percentilesOf, type Percentiles } from './percentiles.js';

const dayMs = 86_400_000;
/** Times are of the newest so many: an overview must not read a day of everybody's log-outs. */
const maxMeasured = 1000;

export interface Overview {
  readonly users: Readonly<Record<UserStatus, number>>;
  readonly liveSessions: number;
  readonly applications: number;
  readonly revocations: {
    readonly since: Date;
    readonly count: number;
    /** Null when nothing was revoked. */
    readonly durationMs: Percentiles | null;
  };
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
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.startedAt = new Date(clock.now());
  }

  async read(): Promise<Overview> {
    const [users, liveSessions, applications, revocations, nodes] = await Promise.all([
      this.users.countByStatus(),
      this.sessions.countLive(),
      this.applications.list(),
      this.readRevocations(),
      this.nodes.list(),
    ]);
    return {
      users,
      liveSessions,
      applications: applications.length,
      revocations,
      node: this.revocations.nodeId,
      nodes,
      storage: this.database.engine,
      startedAt: this.startedAt,
    };
  }

  private async readRevocations(): Promise<Overview['revocations']> {
    const since = new Date(this.clock.now() - dayMs);
    const query = { revocations: true, from: since, limit: maxMeasured };
    const { rows, total } = await this.audit.list(query);
    const times = rows.flatMap(({ revocation }) => revocation?.durationMs ?? []);
    return { since, count: total, durationMs: percentilesOf(times) };
  }
}
