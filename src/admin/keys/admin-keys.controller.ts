import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '@portcullis/auth';
import { adminRole } from '../../users/user.js';
import { CurrentOperator } from '../current-operator.js';
import { OptionalReasonOrDryRunDto } from '../dto/dry-run.dto.js';
import { ApiDoneOrDryRun, DryRunResponse } from '../dto/dry-run.response.js';
import { MayHaveReason, OptionalReasonDto } from '../dto/reason.dto.js';
import type { Operator } from '../operator.js';
import { AdminKeysService } from './admin-keys.service.js';
import { KeyListResponse, RevokedKeyResponse } from './dto/signing-key.response.js';

/** The signing keys, without their private parts. */
@ApiTags('administration')
@ApiBearerAuth()
@Roles(adminRole)
@Controller('admin/keys')
export class AdminKeysController {
  constructor(@Inject(AdminKeysService) private readonly keys: AdminKeysService) {}

  @ApiOperation({ summary: 'The signing keys, newest first, without their private parts' })
  @Get()
  @ApiOkResponse({ type: KeyListResponse })
  async list(): Promise<KeyListResponse> {
    return new KeyListResponse(await this.keys.listWithSessions());
  }

  @ApiOperation({ summary: 'The next key signs from now on; ends no session' })
  @Post('rotate')
  @HttpCode(200)
  @MayHaveReason()
  @ApiOkResponse({ type: KeyListResponse })
  async rotate(
    @CurrentOperator() operator: Operator,
    @Body() { reason }: OptionalReasonDto,
  ): Promise<KeyListResponse> {
    await this.keys.rotate(operator, reason);
    return new KeyListResponse(await this.keys.listWithSessions());
  }

  @ApiOperation({
    summary: 'For a key that leaked: every token that it signed is refused from now on',
  })
  @Post(':kid/revoke')
  @HttpCode(200)
  @ApiBody({ type: OptionalReasonOrDryRunDto, required: false })
  @ApiDoneOrDryRun(RevokedKeyResponse)
  async revoke(
    @CurrentOperator() operator: Operator,
    @Param('kid') kid: string,
    @Body() { reason, dryRun }: OptionalReasonOrDryRunDto,
  ): Promise<RevokedKeyResponse | DryRunResponse> {
    if (dryRun === true) return new DryRunResponse(await this.keys.countLive(kid));
    const revocation = await this.keys.revoke(operator, kid, reason);
    return new RevokedKeyResponse(await this.keys.listWithSessions(), revocation);
  }
}
