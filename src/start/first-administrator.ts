import { Inject, Injectable } from '@nestjs/common';
import { ProblemException } from '@portcullis/auth';
import { randomBytes } from 'node:crypto';
import { Environment } from '../config/environment.js';
import { AuditService } from '../audit/audit.service.js';
import { adminRole, type User } from '../users/user.js';
import { UsersService } from '../users/users.service.js';

/** Sees to it that somebody can administer a new server. */
@Injectable()
export class FirstAdministrator {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(Environment) private readonly environment: Environment,
  ) {}

  /**
   * At first start makes the administrator that the environment names. There is no default password
   * (ASVS 13.2.3): one that was made up is answered, to be shown this once; null when none was.
   */
  async ensure(): Promise<string | null> {
    const { total } = await this.users.list({ limit: 1, role: adminRole });
    if (total > 0) return null;
    const { adminEmail, adminPassword } = this.environment;
    const madeUp = adminPassword === null ? randomBytes(18).toString('base64url') : null;
    const existing = await this.users.findByEmail(adminEmail);
    // Registered by somebody before the first administrator was made: not theirs to be promoted by.
    if (existing)
      throw new Error(`ADMIN_EMAIL: ${adminEmail} is an account that is no administrator`);
    const user = await this.create(adminEmail, adminPassword ?? madeUp ?? '');
    if (user === null) return null;
    await this.audit.record({
      actor: { type: 'system', id: null },
      action: 'user.create',
      target: { type: 'user', id: user.id },
      reason: 'first administrator',
    });
    return madeUp;
  }

  /** Null when another node, started at the same moment, has made it. */
  private async create(email: string, password: string): Promise<User | null> {
    try {
      const roles = [adminRole];
      return await this.users.create({ email, password, displayName: 'Administrator', roles });
    } catch (error) {
      if (error instanceof ProblemException && error.code === 'email_taken') return null;
      throw error;
    }
  }
}
