import { ApiProperty } from '@nestjs/swagger';
import type { NodeAcknowledgement, Revocation } from '@portcullis/auth';

/** From the moment this is answered no node accepts an earlier token. */
export class RevocationResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty({ enum: ['user', 'users', 'session', 'application', 'everybody', 'key'] })
  readonly scope: string;
  @ApiProperty() readonly reason: string;
  @ApiProperty({ format: 'date-time' }) readonly effectiveAt: string;
  @ApiProperty({ description: 'From the call until it held on every node, in milliseconds.' })
  readonly durationMs: number;
  @ApiProperty({
    type: 'array',
    items: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        kind: { type: 'string' },
        acknowledgedAfterMs: { type: 'number' },
        leaseEnded: { type: 'boolean' },
      },
    },
  })
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
