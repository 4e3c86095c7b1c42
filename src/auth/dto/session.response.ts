import { ApiProperty } from '@nestjs/swagger';
import type { AccessTokenClaims, MintedToken } from '@portcullis/auth';
import type { Session } from '../../tokens/sessions/session.js';
import { UserResponse } from '../../users/dto/user.response.js';
import type { User } from '../../users/user.js';

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** The session that a token speaks for. */
export class SessionResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty() readonly application: string;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ format: 'date-time', description: 'Absolute end.' }) readonly expiresAt: string;
  @ApiProperty({ format: 'date-time', description: 'End unless extended.' })
  readonly idleExpiresAt: string;
  @ApiProperty({ description: 'Seconds before an end at which a client warns.' })
  readonly warnBefore: number;

  /** @param claims of the freshest token of the session: its `exp` is the idle end. */
  constructor(claims: AccessTokenClaims, warnBefore: number) {
    this.id = claims.sid;
    this.application = claims.client_id;
    this.createdAt = instant(claims.auth_time);
    this.expiresAt = instant(claims.session_exp);
    this.idleExpiresAt = instant(claims.exp);
    this.warnBefore = warnBefore;
  }
}

export class CurrentSessionResponse {
  @ApiProperty({ type: SessionResponse }) readonly session: SessionResponse;
  @ApiProperty({ type: UserResponse }) readonly user: UserResponse;
  @ApiProperty({
    description: 'Whole seconds to `session.idleExpiresAt`, for callers whose clock may be wrong.',
  })
  readonly expiresIn: number;

  constructor(session: SessionResponse, user: User, expiresIn: number) {
    this.session = session;
    this.user = new UserResponse(user);
    this.expiresIn = expiresIn;
  }
}

/** A token in a body. */
export class TokenResponse {
  @ApiProperty() readonly accessToken: string;
  @ApiProperty({ enum: ['Bearer'] }) readonly tokenType = 'Bearer';
  @ApiProperty({ description: 'Seconds.' }) readonly expiresIn: number;
  @ApiProperty({ type: SessionResponse }) readonly session: SessionResponse;

  constructor(minted: MintedToken, warnBefore: number) {
    this.accessToken = minted.token;
    this.expiresIn = minted.exp - minted.iat;
    this.session = new SessionResponse(minted.claims, warnBefore);
  }
}

export class LoginResponse extends TokenResponse {
  @ApiProperty({ type: UserResponse }) readonly user: UserResponse;

  constructor(minted: MintedToken, warnBefore: number, user: User) {
    super(minted, warnBefore);
    this.user = new UserResponse(user);
  }
}

/** One of a user's sessions in a list. */
export class OwnSessionResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty() readonly application: string;
  @ApiProperty({ description: 'Whether it is the one that asks.' }) readonly current: boolean;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ format: 'date-time' }) readonly lastSeenAt: string;
  @ApiProperty({ format: 'date-time' }) readonly expiresAt: string;
  @ApiProperty() readonly ip: string;
  @ApiProperty() readonly userAgent: string;

  constructor(session: Session, currentId: string) {
    this.id = session.id;
    this.application = session.application;
    this.current = session.id === currentId;
    this.createdAt = session.createdAt.toISOString();
    this.lastSeenAt = session.lastSeenAt.toISOString();
    this.expiresAt = session.expiresAt.toISOString();
    this.ip = session.ip;
    this.userAgent = session.userAgent;
  }
}

export class OwnSessionsResponse {
  @ApiProperty({ type: [OwnSessionResponse] }) readonly sessions: readonly OwnSessionResponse[];

  constructor(sessions: readonly OwnSessionResponse[]) {
    this.sessions = sessions;
  }
}
