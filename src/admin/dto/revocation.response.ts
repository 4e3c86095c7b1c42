import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { NodeAcknowledgement, Revocation } from '@portcullis/auth';

/** One of the two is there. */
export class NodeAcknowledgementResponse {
  @ApiProperty() readonly id!: string;
  @ApiProperty({ enum: ['server', 'service'] }) readonly kind!: string;
  @ApiPropertyOptional({ description: 'In milliseconds, from the call.' })
  readonly acknowledgedAfterMs?: number;
  @ApiPropertyOptional({
    type: Boolean,
    enum: [true],
    description: 'It said nothing until it could no longer answer from memory.',
  })
  readonly leaseEnded?: boolean;
}

/** From the moment this is answered no node accepts an earlier token. */
export class RevocationResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty({
    enum: ['user', 'users', 'session', 'sessions', 'application', 'everybody', 'key'],
  })
  readonly scope: string;
  @ApiProperty() readonly reason: string;
  @ApiProperty({ format: 'date-time' }) readonly effectiveAt: string;
  @ApiProperty({ description: 'From the call until it held on every node, in milliseconds.' })
  readonly durationMs: number;
  @ApiProperty({ type: [NodeAcknowledgementResponse] })
  readonly nodes: readonly NodeAcknowledgement[];

  constructor(revocation: Revocation) {
    this.id = revocation.id;
    this.scope = revocation.scope;
    this.reason = revocation.reason;
    this.effectiveAt = revocation.effectiveAt.toISOString();
    this.durationMs = revocation.durationMs;
    this.nodes = revocation.nodes;
  }
}

export class RevocationEnvelope {
  @ApiProperty({ type: RevocationResponse }) readonly revocation: RevocationResponse;

  constructor(revocation: Revocation) {
    this.revocation = new RevocationResponse(revocation);
  }
}
