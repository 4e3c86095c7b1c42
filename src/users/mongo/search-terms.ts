import { trusted, type Model } from 'mongoose';
import { startingUp } from '../../storage/mongo/mongo-errors.js';
import { searchTermsOf } from '../search-terms.js';
import type { UserRow } from './user.schema.js';

const batchSize = 1_000;

/** Users of an earlier release have none. Several nodes may do this at once. */
export async function addMissingTerms(users: Model<UserRow>): Promise<void> {
  const without = { searchTerms: trusted({ $exists: false }) };
  for (;;) {
    const rows = await startingUp(() =>
      users.find(without, 'email displayName').limit(batchSize).lean<UserRow[]>(),
    );
    if (rows.length === 0) return;
    const updates = rows.map(({ _id, email, displayName }) => ({
      updateOne: {
        filter: { _id: { $eq: _id } },
        update: { $set: { searchTerms: searchTermsOf(email, displayName) } },
      },
    }));
    await startingUp(() => users.bulkWrite(updates, { ordered: false }));
  }
}
