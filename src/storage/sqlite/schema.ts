/**
 * The schema of the embedded database, as the steps that lead to it. A step that was ever released is
 * never changed: another is added after it.
 */
import type { StatementRunner } from './statement-runner.js';
import { firstSchema } from './schema/step-1.js';
import { revocationLogSchema } from './schema/step-2.js';
import { listIndexes } from './schema/step-3.js';
import { openingVersions } from './schema/step-4.js';

/** `PCLS`. In the file's header: tells our databases from those of other programs. */
export const applicationId = 0x50434c53;

const releasedSteps: readonly string[] = [
  firstSchema,
  revocationLogSchema,
  listIndexes,
  openingVersions,
];

export const schemaVersion = releasedSteps.length;

/** Takes the steps that the file has not seen, each wholly or not at all. */
export function migrate(database: StatementRunner, steps = releasedSteps): void {
  const done = database.first('PRAGMA user_version')?.number('user_version') ?? 0;
  for (const [index, step] of steps.entries()) {
    if (index < done) continue;
    database.transaction(() => {
      database.exec(step);
      database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${index + 1}`);
    });
  }
}
