import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '@portcullis/auth';
import { adminRole } from '../../users/user.js';
import { CurrentOperator } from '../current-operator.js';
import { BulkDryRunResponse, BulkResponse } from '../dto/bulk.response.js';
import { ApiDoneOrDryRun } from '../dto/dry-run.response.js';
import { MayHaveReason, OptionalReasonDto, ReasonDto } from '../dto/reason.dto.js';
import type { Operator } from '../operator.js';
import { AdminUserAccessService } from './admin-user-access.service.js';
import { AdminUsersBulkService } from './admin-users-bulk.service.js';
import { BulkPreview } from './bulk-preview.js';
import { AdminUserEnvelope, ChangedUserResponse } from './dto/admin-user.response.js';
import { BulkDto } from './dto/bulk.dto.js';

/** Who may sign in. */
@ApiTags('administration')
@ApiBearerAuth()
@Roles(adminRole)
@Controller('admin/users')
export class AdminUserAccessController {
  constructor(
    @Inject(AdminUserAccessService) private readonly access: AdminUserAccessService,
    @Inject(AdminUsersBulkService) private readonly bulk: AdminUsersBulkService,
    @Inject(BulkPreview) private readonly preview: BulkPreview,
  ) {}

  @ApiOperation({
    summary: 'Ends every session and closes the account; once more revokes once more',
  })
  @Post(':id/suspend')
  @HttpCode(200)
  @ApiOkResponse({ type: ChangedUserResponse })
  async suspend(
    @CurrentOperator() operator: Operator,
    @Param('id') id: string,
    @Body() { reason }: ReasonDto,
  ): Promise<ChangedUserResponse> {
    return new ChangedUserResponse(await this.access.suspend(operator, id, reason));
  }

  @ApiOperation({
    summary: 'Opens the account again; earlier tokens stay dead, and an active user is left alone',
  })
  @Post(':id/reactivate')
  @HttpCode(200)
  @MayHaveReason()
  @ApiOkResponse({ type: AdminUserEnvelope })
  async reactivate(
    @CurrentOperator() operator: Operator,
    @Param('id') id: string,
    @Body() { reason }: OptionalReasonDto,
  ): Promise<AdminUserEnvelope> {
    return new AdminUserEnvelope(await this.access.reactivate(operator, id, reason));
  }

  @ApiOperation({ summary: 'Ends every session; the user may log in again' })
  @Post(':id/revoke')
  @HttpCode(200)
  @MayHaveReason()
  @ApiOkResponse({ type: ChangedUserResponse })
  async revoke(
    @CurrentOperator() operator: Operator,
    @Param('id') id: string,
    @Body() { reason }: OptionalReasonDto,
  ): Promise<ChangedUserResponse> {
    return new ChangedUserResponse(await this.access.revoke(operator, id, reason));
  }

  @ApiOperation({
    summary:
      'One action on up to 500 users; each row succeeds or is refused by itself; `dryRun` says which',
  })
  @Post('bulk')
  @HttpCode(200)
  @ApiDoneOrDryRun(BulkResponse, BulkDryRunResponse)
  async many(
    @CurrentOperator() operator: Operator,
    @Body() { dryRun, reason = '', ...body }: BulkDto,
  ): Promise<BulkResponse | BulkDryRunResponse> {
    if (dryRun === true) return new BulkDryRunResponse(await this.preview.run(operator, body));
    return new BulkResponse(await this.bulk.run(operator, { ...body, reason }));
  }
}
