import type { CsvColumn } from './csv.js';

/** What an export of one kind of rows looks like. */
export class CsvTable<Row> {
  /**
   * @param name of the file: `users`.
   * @param action `user.export`: personal data left the server, and the audit log says by whom.
   */
  constructor(
    readonly name: string,
    readonly action: string,
    readonly columns: readonly CsvColumn<Row>[],
  ) {}
}
