import { Controller, Get, Inject, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Roles } from '@portcullis/auth';
import type { FastifyReply } from 'fastify';
import { AuditService } from '../../audit/audit.service.js';
import { AcceptedType, Produces } from '../../http/negotiation.js';
import { adminRole } from '../../users/user.js';
import { CsvExport, csvType } from '../csv/csv-export.js';
import { CurrentOperator } from '../current-operator.js';
import { filterOf } from '../dto/page.query.js';
import type { Operator } from '../operator.js';
import { auditTable } from './audit-table.js';
import { AuditListResponse } from './dto/audit-entry.response.js';
import { AuditListQuery } from './dto/audit.query.js';

/** The audit log, newest first. */
@ApiTags('administration')
@ApiBearerAuth()
@Roles(adminRole)
@Controller('admin/audit')
export class AdminAuditController {
  constructor(
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(CsvExport) private readonly csv: CsvExport,
  ) {}

  @ApiOperation({ summary: 'Who did what to whom, newest first; as CSV the whole filter' })
  @Get()
  @Produces(csvType)
  @ApiProduces('application/json', csvType)
  @ApiOkResponse({ type: AuditListResponse })
  async list(
    @Query() query: AuditListQuery,
    @AcceptedType() type: string,
    @CurrentOperator() operator: Operator,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AuditListResponse | StreamableFile> {
    if (type !== csvType) return new AuditListResponse(await this.audit.list(query));
    const filter = filterOf(query);
    return this.csv.send(operator, reply, auditTable, (page) =>
      this.audit.list({ ...filter, ...page }),
    );
  }
}
