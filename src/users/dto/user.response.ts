import { ApiProperty } from '@nestjs/swagger';
import type { User } from '../user.js';

/** A user as the API shows one. */
export class UserResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty() readonly email: string;
  @ApiProperty() readonly displayName: string;
  @ApiProperty({ enum: ['active', 'suspended'] }) readonly status: string;
  @ApiProperty({ type: [String] }) readonly roles: readonly string[];
  @ApiProperty({ description: 'Grows with every revoke; earlier tokens are dead.' })
  readonly tokenVersion: number;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ format: 'date-time' }) readonly updatedAt: string;

  constructor(user: User) {
    this.id = user.id;
    this.email = user.email;
    this.displayName = user.displayName;
    this.status = user.status;
    this.roles = user.roles;
    this.tokenVersion = user.tokenVersion;
    this.createdAt = user.createdAt.toISOString();
    this.updatedAt = user.updatedAt.toISOString();
  }
}

export class UserEnvelope {
  @ApiProperty({ type: UserResponse }) readonly user: UserResponse;

  constructor(user: User) {
    this.user = new UserResponse(user);
  }
}
