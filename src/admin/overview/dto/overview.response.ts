import { ApiProperty } from '@nestjs/swagger';
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
  @ApiProperty() readonly id!: string;
  @ApiProperty() readonly kind!: string;
}

export class OverviewResponse {
  @ApiProperty({ type: UserCounts }) readonly users: UserCounts;
  @ApiProperty() readonly liveSessions: number;
  @ApiProperty() readonly applications: number;
  @ApiProperty({ type: RevocationsOverview }) readonly revocations: RevocationsOverview;
  @ApiProperty({ type: [NodeResponse] }) readonly nodes: readonly NodeResponse[];
  @ApiProperty({ enum: ['mongodb', 'sqlite'] }) readonly storage: string;
  @ApiProperty({ format: 'date-time', description: 'When this node started.' })
  readonly startedAt: string;

  constructor({ revocations, startedAt, ...overview }: Overview) {
    this.users = overview.users;
    this.liveSessions = overview.liveSessions;
    this.applications = overview.applications;
    this.revocations = { ...revocations, since: revocations.since.toISOString() };
    this.nodes = overview.nodes;
    this.storage = overview.storage;
    this.startedAt = startedAt.toISOString();
  }
}
