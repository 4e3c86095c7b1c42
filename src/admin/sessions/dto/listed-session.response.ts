import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../../storage/page.js';
import type { SessionEnd } from '../../../tokens/sessions/session.js';
import type { ListedSession } from '../session-filter.js';

export class SessionEndResponse {
  @ApiProperty({ format: 'date-time' }) readonly at: string;
  @ApiProperty() readonly reason: string;
  @ApiProperty({ description: 'Id of the user who did it, or `cli`.' }) readonly by: string;

  constructor({ at, reason, by }: SessionEnd) {
    this.at = at.toISOString();
    this.reason = reason;
    this.by = by;
  }
}

export class SessionOwnerResponse {
  @ApiProperty() readonly email!: string;
  @ApiProperty() readonly displayName!: string;
}

/** One of everybody's sessions. */
export class ListedSessionResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty() readonly userId: string;
  @ApiProperty({ type: SessionOwnerResponse, nullable: true, description: 'Null: deleted.' })
  readonly user: SessionOwnerResponse | null;
  @ApiProperty() readonly application: string;
  @ApiProperty({ description: 'Whether it is the one that asks.' }) readonly current: boolean;
  @ApiProperty({ enum: ['live', 'expired', 'ended'] }) readonly state: string;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ format: 'date-time' }) readonly lastSeenAt: string;
  @ApiProperty({ format: 'date-time', description: 'Absolute end.' }) readonly expiresAt: string;
  @ApiProperty({ format: 'date-time', description: 'End unless there is activity.' })
  readonly idleExpiresAt: string;
  @ApiProperty() readonly ip: string;
  @ApiProperty() readonly userAgent: string;
  @ApiProperty({ type: SessionEndResponse, nullable: true, description: 'Who ended it, and why.' })
  readonly end: SessionEndResponse | null;

  constructor({ session, user, state }: ListedSession, currentId: string) {
    this.id = session.id;
    this.userId = session.userId;
    this.user = user && { email: user.email, displayName: user.displayName };
    this.application = session.application;
    this.current = session.id === currentId;
    this.state = state;
    this.createdAt = session.createdAt.toISOString();
    this.lastSeenAt = session.lastSeenAt.toISOString();
    this.expiresAt = session.expiresAt.toISOString();
    this.idleExpiresAt = session.idleExpiresAt.toISOString();
    this.ip = session.ip;
    this.userAgent = session.userAgent;
    this.end = session.end && new SessionEndResponse(session.end);
  }
}

export class SessionListResponse {
  @ApiProperty({ type: [ListedSessionResponse] })
  readonly sessions: readonly ListedSessionResponse[];
  @ApiProperty({ description: 'Of the whole filter.' }) readonly total: number;
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;

  constructor({ rows, total, nextCursor }: Page<ListedSession>, currentId: string) {
    this.sessions = rows.map((row) => new ListedSessionResponse(row, currentId));
    this.total = total;
    this.nextCursor = nextCursor;
  }
}
