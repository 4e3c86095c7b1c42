import { ApiProperty } from '@nestjs/swagger';
import type { NodeView } from '../../../tokens/revocation/nodes.service.js';
import type { Overview } from '../admin-overview.service.js';

class UserCounts {
  @ApiProperty() readonly active!: number;
  @ApiProperty() readonly suspended!: number;
}

class RevocationTimes {
  @ApiProperty() readonly p50!: number;
  @ApiProperty() readonly p95!: number;
  @ApiProperty() readonly max!: number;
}

class RevocationsOverview {
  @ApiProperty({ format: 'date-time', description: 'Beginning of what is counted: a day ago.' })
  readonly since!: string;
  @ApiProperty() readonly count!: number;
  @ApiProperty({
    type: RevocationTimes,
    nullable: true,
    description: 'From the call until it held on every node, in milliseconds; of the newest 1,000.',
  })
  readonly durationMs!: RevocationTimes | null;
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
  @ApiProperty() readonly liveSessions: number;
  @ApiProperty() readonly applications: number;
  @ApiProperty({ type: RevocationsOverview }) readonly revocations: RevocationsOverview;
  @ApiProperty({ description: 'The node that answers.' }) readonly node: string;
  @ApiProperty({ type: [NodeResponse] }) readonly nodes: readonly NodeResponse[];
  @ApiProperty({ enum: ['mongodb', 'sqlite'] }) readonly storage: string;
  @ApiProperty({ format: 'date-time', description: 'When this node started.' })
  readonly startedAt: string;

  constructor({ revocations, startedAt, ...overview }: Overview) {
    this.users = overview.users;
    this.liveSessions = overview.liveSessions;
    this.applications = overview.applications;
    this.revocations = { ...revocations, since: revocations.since.toISOString() };
    this.node = overview.node;
    this.nodes = overview.nodes.map((node) => new NodeResponse(node));
    this.storage = overview.storage;
    this.startedAt = startedAt.toISOString();
  }
}
