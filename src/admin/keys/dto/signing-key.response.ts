import { ApiProperty } from '@nestjs/swagger';
import type { Revocation } from '@portcullis/auth';
import { RevocationResponse } from '../../dto/revocation.response.js';
import type { ListedKey } from '../admin-keys.service.js';

const toText = (date: Date | null): string | null => date?.toISOString() ?? null;

/** A key without its private part: each field is copied by name, so that none slips through. */
export class SigningKeyResponse {
  @ApiProperty() readonly kid: string;
  @ApiProperty({ enum: ['ES256'] }) readonly algorithm = 'ES256';
  @ApiProperty({ enum: ['next', 'active', 'retiring', 'retired', 'revoked'] })
  readonly state: string;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Signs since.' })
  readonly activatedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Signed until.' })
  readonly retiredAt: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the last token that it signed has expired and it leaves the published set.',
  })
  readonly publishedUntil: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly revokedAt: string | null;

  @ApiProperty({
    type: 'integer',
    description:
      'Live sessions whose newest token it signed, going by when they were last seen: about as many end with it.',
  })
  readonly liveSessions: number;

  constructor({ key, liveSessions }: ListedKey) {
    this.liveSessions = liveSessions;
    this.kid = key.kid;
    this.state = key.state;
    this.createdAt = key.createdAt.toISOString();
    this.activatedAt = toText(key.activatedAt);
    this.retiredAt = toText(key.retiredAt);
    this.publishedUntil = toText(key.publishedUntil);
    this.revokedAt = toText(key.revokedAt);
  }
}

export class KeyListResponse {
  @ApiProperty({ type: [SigningKeyResponse] }) readonly keys: readonly SigningKeyResponse[];

  constructor(keys: readonly ListedKey[]) {
    this.keys = keys.map((key) => new SigningKeyResponse(key));
  }
}

export class RevokedKeyResponse extends KeyListResponse {
  @ApiProperty({ type: RevocationResponse }) readonly revocation: RevocationResponse;

  constructor(keys: readonly ListedKey[], revocation: Revocation) {
    super(keys);
    this.revocation = new RevocationResponse(revocation);
  }
}
