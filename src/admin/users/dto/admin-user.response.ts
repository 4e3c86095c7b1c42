import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Page } from '../../../storage/page.js';
import { UserResponse } from '../../../users/dto/user.response.js';
import type { Suspension, User } from '../../../users/user.js';
import { RevocationResponse } from '../../dto/revocation.response.js';
import type { PatchedUser } from '../admin-users.service.js';

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
  @ApiProperty({ type: [AdminUserResponse] }) readonly users: readonly AdminUserResponse[];
  @ApiProperty({ description: 'Of the whole filter.' }) readonly total: number;
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;

  constructor({ rows, total, nextCursor }: Page<User>) {
    this.users = rows.map((user) => new AdminUserResponse(user));
    this.total = total;
    this.nextCursor = nextCursor;
  }
}
