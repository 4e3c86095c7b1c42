import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
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
import { RevocationEnvelope } from '../dto/revocation.response.js';
import type { Operator } from '../operator.js';
import { AdminSessionsService } from './admin-sessions.service.js';
import { SessionListResponse } from './dto/listed-session.response.js';
import { SessionListQuery, toSessionFilter, UserSessionsQuery } from './dto/session-list.query.js';
import { sessionTable } from './session-table.js';

/** Everybody's sessions, newest first, ended ones included. */
@ApiTags('administration')
@ApiBearerAuth()
@Roles(adminRole)
@Controller('admin')
export class AdminSessionsController {
  constructor(
    @Inject(AdminSessionsService) private readonly sessions: AdminSessionsService,
    @Inject(CsvExport) private readonly csv: CsvExport,
  ) {}

  @ApiOperation({
    summary: "Everybody's sessions, newest first, ended ones included; as CSV the whole filter",
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
    const filter = filterOf(request);
    return this.csv.send(operator, reply, sessionTable, (page) =>
      this.sessions.list({ ...filter, ...page }),
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
