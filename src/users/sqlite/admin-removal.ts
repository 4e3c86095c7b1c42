import type { SqliteDatabase } from '../../storage/sqlite/database.js';
import { adminRole } from '../user.js';

/** A claim whose request never came to its end must not keep administrators in office for ever. */
const claimLifeMs = 60_000;

/** Of two administrators who suspend each other at the same moment, one claims first. */
export class SqliteAdminRemovalClaims {
  constructor(private readonly database: SqliteDatabase) {}

  claim(user: string, at: Date): boolean {
    return this.database.transaction(() => {
      const over = at.getTime() - claimLifeMs;
      this.database.run('DELETE FROM admin_removal_claims WHERE claimed_at <= ?', over);
      if (!this.othersRemain(user)) return false;
      const text = 'INSERT INTO admin_removal_claims (user_id, claimed_at) VALUES (?, ?)';
      this.database.run(text, user, at);
      return true;
    });
  }

  /** One claim goes, not all of this user's: two requests may be about the same administrator. */
  release(user: string): void {
    this.database.run(
      `DELETE FROM admin_removal_claims WHERE sequence =
         (SELECT min(sequence) FROM admin_removal_claims WHERE user_id = ?)`,
      user,
    );
  }

  private othersRemain(user: string): boolean {
    const text = `SELECT 1 FROM user_roles JOIN users ON users.id = user_roles.user_id
      WHERE user_roles.role = ? AND users.status = 'active' AND users.id <> ?
        AND users.id NOT IN (SELECT user_id FROM admin_removal_claims)
      LIMIT 1`;
    return this.database.first(text, adminRole, user) !== null;
  }
}
