import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  type CheckedToken,
  type MintedToken,
  type Principal,
  type Revocation,
} from '@portcullis/auth';
import { defaultApplicationId, type Application } from '../applications/application.js';
import { ApplicationsService } from '../applications/applications.service.js';
import type { AuditEvent } from '../audit/audit.service.js';
import { AuditService } from '../audit/audit.service.js';
import type { RequestOrigin } from '../http/request-origin.js';
import { LoginAttempts } from '../throttle/login-attempts.js';
import { AccessTokenMinter } from '../tokens/issuer/access-token.minter.js';
import { KeysService } from '../tokens/keys/keys.service.js';
import { IssuerVersionService } from '../tokens/revocation/issuer-version.service.js';
import { SessionEnder, type Ending } from '../tokens/revocation/session-ender.js';
import { SessionsService } from '../tokens/sessions/sessions.service.js';
import type { Session } from '../tokens/sessions/session.js';
import { emailKey, type User } from '../users/user.js';
import { UsersService } from '../users/users.service.js';
import {
  accountSuspended,
  invalidCredentials,
  sessionNotFound,
  unknownApplication,
} from './auth.errors.js';
import type { ChangePasswordDto, LoginDto, RegisterDto } from './dto/credentials.dto.js';

export interface Login {
  readonly minted: MintedToken;
  readonly application: Application;
  readonly user: User;
}

/** Logs people in and out. */
@Injectable()
export class AuthService {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(ApplicationsService) private readonly applications: ApplicationsService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(AccessTokenMinter) private readonly minter: AccessTokenMinter,
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(SessionEnder) private readonly ender: SessionEnder,
    @Inject(IssuerVersionService) private readonly issuerVersion: IssuerVersionService,
    @Inject(LoginAttempts) private readonly attempts: LoginAttempts,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async register(body: RegisterDto, origin: RequestOrigin): Promise<User> {
    const user = await this.users.create(body);
    await this.record(user.id, 'user.register', origin, { target: { type: 'user', id: user.id } });
    return user;
  }

  /**
   * Versions are read before the password is checked: whatever is revoked from then on is revoked in
   * the token that this makes.
   */
  async login(body: LoginDto, origin: RequestOrigin): Promise<Login> {
    const application = await this.applications.find(body.application ?? defaultApplicationId);
    if (application?.enabled !== true) throw unknownApplication();
    const issuerVersion = await this.issuerVersion.read();
    const attempt = await this.attempts.begin(emailKey(body.email), origin.ip);
    const user = await this.users.authenticate(body.email, body.password);
    if (user === null) {
      await this.recordFailedLogin(null, 'invalid_credentials', origin);
      throw invalidCredentials();
    }
    attempt.succeeded();
    if (user.status !== 'active') {
      await this.recordFailedLogin(user, 'account_suspended', origin);
      throw accountSuspended();
    }
    await this.keys.settled();
    const session = await this.sessions.open(user, application, issuerVersion, origin);
    const minted = this.minter.open(session, user, application, issuerVersion);
    await this.record(user.id, 'session.login', origin, {
      target: { type: 'session', id: session.id },
    });
    return { minted, application, user };
  }

  async logout({ subject, sessionId }: Principal, origin: RequestOrigin): Promise<void> {
    const ending = { reason: 'logout', by: subject };
    const revocation = await this.ender.endIfLive(sessionId, ending);
    if (revocation !== null) await this.recordEnd(sessionId, ending, revocation, origin);
  }

  async logoutEverywhere(principal: Principal, origin: RequestOrigin): Promise<void> {
    const { subject } = principal;
    const { revocation } = await this.ender.endUser(subject, { reason: 'logout_all', by: subject });
    await this.record(subject, 'session.logout_all', origin, {
      target: { type: 'user', id: subject },
      revocation,
    });
  }

  /** Every other session ends; this one goes on with the token that is answered. */
  async changePassword(
    checked: CheckedToken,
    body: ChangePasswordDto,
    origin: RequestOrigin,
  ): Promise<MintedToken> {
    const { subject } = checked.principal;
    const user = await this.users.get(subject);
    const attempt = await this.attempts.begin(subject, origin.ip);
    if (!(await this.users.isPassword(subject, body.currentPassword))) {
      await this.record(subject, 'user.password', origin, {
        target: { type: 'user', id: subject },
        result: 'failure',
        reason: 'invalid_credentials',
      });
      throw invalidCredentials();
    }
    attempt.succeeded();
    const own = [user.email, user.displayName];
    const passwordHash = await this.users.hashNew('newPassword', body.newPassword, own);
    const ending = { reason: 'password_changed', by: subject };
    const changed = await this.ender.endUser(subject, ending, { passwordHash }, checked.claims);
    await this.record(subject, 'user.password', origin, {
      target: { type: 'user', id: subject },
      revocation: changed.revocation,
    });
    return this.minter.reauthorize(checked, changed.user);
  }

  /** The user's sessions that could still make a request. */
  async ownSessions(principal: Principal): Promise<readonly Session[]> {
    const state = { is: 'live', at: new Date(this.clock.now()) } as const;
    const { rows } = await this.sessions.list({ userId: principal.subject, state, limit: 200 });
    return rows;
  }

  /** Looked up through the user, so that somebody else's session is simply not there (IDOR). */
  async endOwnSession(principal: Principal, id: string, origin: RequestOrigin): Promise<void> {
    const session = await this.sessions.find(id);
    if (session?.userId !== principal.subject) throw sessionNotFound();
    const ending = { reason: 'revoked_by_user', by: principal.subject };
    await this.recordEnd(id, ending, await this.ender.endSession(id, ending), origin);
  }

  private recordEnd(
    id: string,
    { reason, by }: Ending,
    revocation: Revocation,
    origin: RequestOrigin,
  ): Promise<void> {
    const target = { type: 'session', id } as const;
    return this.record(by, 'session.end', origin, { target, reason, revocation });
  }

  /** The address that was tried is not kept: people type passwords into that field. */
  private recordFailedLogin(
    user: User | null,
    reason: string,
    origin: RequestOrigin,
  ): Promise<void> {
    return this.audit.record({
      actor: { type: 'anonymous', id: null },
      action: 'session.login',
      target: user && { type: 'user', id: user.id },
      result: 'failure',
      reason,
      origin,
    });
  }

  private record(
    userId: string,
    action: string,
    origin: RequestOrigin,
    event: Omit<AuditEvent, 'actor' | 'action' | 'origin'>,
  ): Promise<void> {
    return this.audit.record({ actor: { type: 'user', id: userId }, action, origin, ...event });
  }
}
