import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles, type Principal } from '@portcullis/auth';
import type { FastifyReply } from 'fastify';
import { AcceptedType, Produces } from '../../http/negotiation.js';
import { adminRole } from '../../users/user.js';
import { CsvExport, csvType } from '../csv/csv-export.js';
import { CurrentOperator } from '../current-operator.js';
import { filterOf } from '../dto/page.query.js';
import { MayHaveReason, OptionalReasonDto } from '../dto/reason.dto.js';
import { BulkResponse } from '../dto/bulk.response.js';
import { ApiDoneOrDryRun } from '../dto/dry-run.response.js';
import { RevocationEnvelope } from '../dto/revocation.response.js';
import type { Operator } from '../operator.js';
import { AdminSessionsBulkService } from './admin-sessions-bulk.service.js';
import { AdminSessionsService } from './admin-sessions.service.js';
import { SessionListResponse } from './dto/listed-session.response.js';
import { RevokeSessionsDto, toSelection } from './dto/revoke-sessions.dto.js';
import { RevokeSessionsDryRunResponse } from './dto/revoke-sessions.response.js';
import { SessionListQuery, toSessionFilter, UserSessionsQuery } from './dto/session-list.query.js';
import { sessionTable } from './session-table.js';

/** Everybody's sessions, ended ones included. */
@ApiTags('administration')
@ApiBearerAuth()
@Roles(adminRole)
@Controller('admin')
export class AdminSessionsController {
  constructor(
    @Inject(AdminSessionsService) private readonly sessions: AdminSessionsService,
    @Inject(AdminSessionsBulkService) private readonly bulk: AdminSessionsBulkService,
    @Inject(CsvExport) private readonly csv: CsvExport,
  ) {}

  @ApiOperation({
    summary: "Everybody's sessions, last seen first, ended ones included; as CSV the whole filter",
  })
  @Get('sessions')
  @Produces(csvType)
  @ApiProduces('application/json', csvType)
  @ApiOkResponse({ type: SessionListResponse })
  async list(
    @Query() query: SessionListQuery,
    @AcceptedType() type: string,
    @CurrentUser() { sessionId }: Principal,
    @CurrentOperator() operator: Operator,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionListResponse | StreamableFile> {
    const request = toSessionFilter(query);
    if (type !== csvType) {
      return new SessionListResponse(await this.sessions.list(request), sessionId);
    }
    // In an order in which no row moves while the file is written.
    const filter = { ...filterOf(request), sort: '-createdAt' } as const;
    return this.csv.send(operator, reply, sessionTable, (page) =>
      this.sessions.list({ ...filter, ...page }),
    );
  }

  @ApiOperation({
    summary: 'Ends up to 500 live sessions, named or by a filter; `dryRun` counts them first',
  })
  @Post('sessions/revoke')
  @HttpCode(200)
  @ApiDoneOrDryRun(BulkResponse, RevokeSessionsDryRunResponse)
  async revoke(
    @CurrentOperator() operator: Operator,
    @CurrentUser() { sessionId }: Principal,
    @Body() body: RevokeSessionsDto,
  ): Promise<BulkResponse | RevokeSessionsDryRunResponse> {
    const selection = toSelection(body);
    if (body.dryRun === true) {
      return new RevokeSessionsDryRunResponse(await this.bulk.select(selection, sessionId));
    }
    const { reason = '', expected = null } = body;
    return new BulkResponse(
      await this.bulk.revoke(operator, { selection, reason, expected }, sessionId),
    );
  }

  @ApiOperation({ summary: 'The sessions of one user' })
  @Get('users/:id/sessions')
  @ApiOkResponse({ type: SessionListResponse })
  async listOfUser(
    @Param('id') id: string,
    @Query() query: UserSessionsQuery,
    @CurrentUser() { sessionId }: Principal,
  ): Promise<SessionListResponse> {
    const page = await this.sessions.listOfUser(id, toSessionFilter(query));
    return new SessionListResponse(page, sessionId);
  }

  @ApiOperation({ summary: 'Ends one session' })
  @Delete('sessions/:id')
  @MayHaveReason()
  @ApiOkResponse({ type: RevocationEnvelope })
  async end(
    @CurrentOperator() operator: Operator,
    @Param('id') id: string,
    @Body() body: OptionalReasonDto,
  ): Promise<RevocationEnvelope> {
    return new RevocationEnvelope(await this.sessions.end(operator, id, body.reason));
  }
}
