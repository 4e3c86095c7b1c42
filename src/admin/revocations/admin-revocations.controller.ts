import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles, SkipRefresh } from '@portcullis/auth';
import { adminRole } from '../../users/user.js';
import { CurrentOperator } from '../current-operator.js';
import { PageQuery } from '../dto/page.query.js';
import { ReasonOrDryRunDto } from '../dto/dry-run.dto.js';
import { ApiDoneOrDryRun, DryRunResponse } from '../dto/dry-run.response.js';
import { RevocationEnvelope } from '../dto/revocation.response.js';
import type { Operator } from '../operator.js';
import { AdminRevocationsService } from './admin-revocations.service.js';
import { RevocationListResponse } from './dto/recorded-revocation.response.js';

/** What was revoked; and everything at once. */
@ApiTags('administration')
@ApiBearerAuth()
@Roles(adminRole)
@Controller('admin')
export class AdminRevocationsController {
  constructor(
    @Inject(AdminRevocationsService) private readonly revocations: AdminRevocationsService,
  ) {}

  @ApiOperation({ summary: 'What was revoked, newest first, with the time of each node' })
  @Get('revocations')
  @ApiOkResponse({ type: RevocationListResponse })
  async list(@Query() query: PageQuery): Promise<RevocationListResponse> {
    return new RevocationListResponse(await this.revocations.list(query));
  }

  @ApiOperation({
    summary: "Ends every session of everybody, the caller's too; `dryRun` counts them",
  })
  @SkipRefresh()
  @Post('revoke-all')
  @HttpCode(200)
  @ApiDoneOrDryRun(RevocationEnvelope)
  async revokeAll(
    @CurrentOperator() operator: Operator,
    @Body() { reason = '', dryRun }: ReasonOrDryRunDto,
  ): Promise<RevocationEnvelope | DryRunResponse> {
    if (dryRun === true) return new DryRunResponse(await this.revocations.countLive());
    return new RevocationEnvelope(await this.revocations.revokeAll(operator, reason));
  }
}
