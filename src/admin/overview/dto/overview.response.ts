import { ApiProperty } from '@nestjs/swagger';
import type { NodeView } from '../../../tokens/revocation/nodes.service.js';
import { AuditEntryResponse } from '../../audit/dto/audit-entry.response.js';
import { RecordedRevocationResponse } from '../../revocations/dto/recorded-revocation.response.js';
import type { Overview } from '../admin-overview.service.js';
import type { PointInTime } from '../overview-history.js';

class UserCounts {
  @ApiProperty({ type: 'integer' }) readonly active!: number;
  @ApiProperty({ type: 'integer' }) readonly suspended!: number;
}

class RevocationTimes {
  @ApiProperty() readonly p50!: number;
  @ApiProperty() readonly p95!: number;
  @ApiProperty() readonly max!: number;
}

class RevocationsOverview {
  @ApiProperty({ format: 'date-time', description: 'Beginning of what is counted: a day ago.' })
  readonly since: string;
  @ApiProperty({ type: 'integer' }) readonly count: number;
  @ApiProperty({
    type: RevocationTimes,
    nullable: true,
    description: 'From the call until it held on every node, in milliseconds; of the newest 1,000.',
  })
  readonly durationMs: RevocationTimes | null;
  @ApiProperty({ type: [RecordedRevocationResponse], description: 'The newest 50, newest first.' })
  readonly recent: readonly RecordedRevocationResponse[];

  constructor({ since, count, durationMs, recent }: Overview['revocations']) {
    this.since = since.toISOString();
    this.count = count;
    this.durationMs = durationMs;
    this.recent = recent.map((one) => new RecordedRevocationResponse(one));
  }
}

class PointInTimeResponse {
  @ApiProperty({ format: 'date-time' }) readonly at: string;
  @ApiProperty({ type: 'integer' }) readonly count: number;

  constructor({ at, count }: PointInTime) {
    this.at = at.toISOString();
    this.count = count;
  }
}

class NodeResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty({ enum: ['server', 'service'] }) readonly kind: string;
  @ApiProperty({ description: 'How long it may answer from memory after a poll.' })
  readonly leaseMs: number;
  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      'For how long it still may, 0 when its lease is over; null when nobody can tell now.',
  })
  readonly leaseLeftMs: number | null;
  @ApiProperty({ description: 'The last event of the revocation log that it has applied.' })
  readonly acknowledged: number;
  @ApiProperty({ description: 'Events that it has not applied yet.' }) readonly behind: number;
  @ApiProperty({ format: 'date-time' }) readonly polledAt: string;

  constructor({ polledAt, ...node }: NodeView) {
    this.id = node.id;
    this.kind = node.kind;
    this.leaseMs = node.leaseMs;
    this.leaseLeftMs = node.leaseLeftMs;
    this.acknowledged = node.acknowledged;
    this.behind = node.behind;
    this.polledAt = polledAt.toISOString();
  }
}

export class OverviewResponse {
  @ApiProperty({ type: UserCounts }) readonly users: UserCounts;
  @ApiProperty({ type: 'integer', description: 'Users with a live session.' })
  readonly signedInUsers: number;
  @ApiProperty({ type: 'integer' }) readonly liveSessions: number;
  @ApiProperty({
    type: [PointInTimeResponse],
    description: 'At 24 full hours, and now; without those that could not be counted in time.',
  })
  readonly liveSessionsPerHour: readonly PointInTimeResponse[];
  @ApiProperty({
    type: [PointInTimeResponse],
    description: 'In each of 24 hours, by its beginning; the last is not over.',
  })
  readonly failedSignInsPerHour: readonly PointInTimeResponse[];
  @ApiProperty({ type: 'integer' }) readonly applications: number;
  @ApiProperty({ type: RevocationsOverview }) readonly revocations: RevocationsOverview;
  @ApiProperty({ type: [AuditEntryResponse], description: 'The newest 10 of the audit log.' })
  readonly entries: readonly AuditEntryResponse[];
  @ApiProperty({ description: 'The node that answers.' }) readonly node: string;
  @ApiProperty({ type: [NodeResponse] }) readonly nodes: readonly NodeResponse[];
  @ApiProperty({ enum: ['mongodb', 'sqlite'] }) readonly storage: string;
  @ApiProperty({ format: 'date-time', description: 'When this node started.' })
  readonly startedAt: string;

  constructor({ revocations, startedAt, ...overview }: Overview) {
    this.users = overview.users;
    this.signedInUsers = overview.signedInUsers;
    this.liveSessions = overview.liveSessions;
    this.liveSessionsPerHour = overview.liveSessionsPerHour.map(toPoint);
    this.failedSignInsPerHour = overview.failedSignInsPerHour.map(toPoint);
    this.applications = overview.applications;
    this.revocations = new RevocationsOverview(revocations);
    this.entries = overview.entries.map((entry) => new AuditEntryResponse(entry));
    this.node = overview.node;
    this.nodes = overview.nodes.map((node) => new NodeResponse(node));
    this.storage = overview.storage;
    this.startedAt = startedAt.toISOString();
  }
}

const toPoint = (point: PointInTime): PointInTimeResponse => new PointInTimeResponse(point);
