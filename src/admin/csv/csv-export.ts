import { Inject, Injectable, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { OperatorLog } from '../operator-log.js';
import type { Operator } from '../operator.js';
import type { CsvTable } from './csv-table.js';
import { csvLines, firstPage, type ListPage } from './csv-lines.js';

export const csvType = 'text/csv';

/** What an export can hold at most; who needs more narrows the filter. */
const maxRows = 100_000;

/** Answers a list as a CSV file. */
@Injectable()
export class CsvExport {
  constructor(@Inject(OperatorLog) private readonly log: OperatorLog) {}

  /**
   * The first page is read before anything is answered, so that a wrong filter or an outage is still a
   * proper problem; a failure after that breaks the connection, never ends the file as if it were whole.
   */
  async send<Row>(
    operator: Operator,
    reply: FastifyReply,
    table: CsvTable<Row>,
    list: ListPage<Row>,
  ): Promise<StreamableFile> {
    const { first } = await this.log.record(operator, { action: table.action }, async () => ({
      first: await list(firstPage),
    }));
    void reply.header('x-total-count', String(first.total));
    if (first.total > maxRows) void reply.header('x-row-limit', String(maxRows));
    const lines = csvLines(table.columns, first, list, maxRows);
    return new StreamableFile(Readable.from(lines), {
      type: `${csvType}; charset=utf-8; header=present`,
      disposition: `attachment; filename="${table.name}.csv"`,
    });
  }
}
