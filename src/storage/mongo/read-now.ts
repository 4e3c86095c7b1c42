/** The authoritative read of one document: what a revoked token is judged by. */
import { mongo, type Model } from 'mongoose';
import { guarded } from './mongo-errors.js';

const readTimeMs = 1_500;

/**
 * Reads the document at some moment after the call began. `linearizable`, because a primary that
 * has been deposed without knowing it answers any other read from what it had, and a revoked token
 * would pass. The driver's implicit sessions are not causally consistent, so nothing asks for less.
 */
export function readNow<Row, Field extends keyof Row & string>(
  model: Model<Row>,
  id: string,
  fields: readonly Field[],
): Promise<Pick<Row, Field> | null> {
  const read = (level: 'linearizable' | 'majority'): Promise<Pick<Row, Field> | null> =>
    model
      .findById(id, [...fields])
      .read('primary')
      .readConcern(level)
      .maxTimeMS(readTimeMs)
      .lean<Pick<Row, Field>>()
      .exec();
  return guarded(async () => {
    try {
      return await read('linearizable');
    } catch (error) {
      // A server on its own has nobody who could depose it, and does not know the word.
      if (error instanceof mongo.MongoServerError && error.code === notInReplicaSet) {
        return await read('majority');
      }
      throw error;
    }
  });
}

const notInReplicaSet = 123;
