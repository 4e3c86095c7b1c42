import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Page } from '../../../storage/page.js';
import { UserResponse } from '../../../users/dto/user.response.js';
import type { Suspension, User } from '../../../users/user.js';
import { RevocationResponse } from '../../dto/revocation.response.js';
import type { ListedUser, PatchedUser } from '../admin-users.service.js';

export class SuspensionResponse {
  @ApiProperty() readonly reason: string;
  @ApiProperty({ description: 'Id of the administrator, or `cli`.' }) readonly by: string;
  @ApiProperty({ format: 'date-time' }) readonly at: string;

  constructor({ reason, by, at }: Suspension) {
    this.reason = reason;
    this.by = by;
    this.at = at.toISOString();
  }
}

/** A user as operators see one: with why and by whom the account was suspended. */
export class AdminUserResponse extends UserResponse {
  @ApiProperty({ type: SuspensionResponse, nullable: true })
  readonly suspension: SuspensionResponse | null;

  constructor(user: User) {
    super(user);
    this.suspension = user.suspension && new SuspensionResponse(user.suspension);
  }
}

/** With what the sessions say that are kept: until a week after their absolute end. */
export class ListedUserResponse extends AdminUserResponse {
  @ApiProperty({ type: 'integer', description: 'Sessions that can still make a request.' })
  readonly liveSessions: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastSeenAt: string | null;

  constructor({ user, activity }: ListedUser) {
    super(user);
    this.liveSessions = activity?.liveSessions ?? 0;
    this.lastSeenAt = activity?.lastSeenAt.toISOString() ?? null;
  }
}

export class ListedUserEnvelope {
  @ApiProperty({ type: ListedUserResponse }) readonly user: ListedUserResponse;

  constructor(listed: ListedUser) {
    this.user = new ListedUserResponse(listed);
  }
}

export class AdminUserEnvelope {
  @ApiProperty({ type: AdminUserResponse }) readonly user: AdminUserResponse;

  constructor(user: User) {
    this.user = new AdminUserResponse(user);
  }
}

/** `revocation` is there where something had to be revoked. */
export class ChangedUserResponse extends AdminUserEnvelope {
  @ApiPropertyOptional({ type: RevocationResponse }) readonly revocation?: RevocationResponse;

  constructor({ user, revocation }: PatchedUser) {
    super(user);
    if (revocation) this.revocation = new RevocationResponse(revocation);
  }
}

export class UserListResponse {
  @ApiProperty({ type: [ListedUserResponse] }) readonly users: readonly ListedUserResponse[];
  @ApiProperty({ description: 'Of the whole filter.' }) readonly total: number;
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;

  constructor({ rows, total, nextCursor }: Page<ListedUser>) {
    this.users = rows.map((row) => new ListedUserResponse(row));
    this.total = total;
    this.nextCursor = nextCursor;
  }
}
