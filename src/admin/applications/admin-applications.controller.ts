import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Roles } from '@portcullis/auth';
import { adminRole } from '../../users/user.js';
import { CurrentOperator } from '../current-operator.js';
import { ReasonOrDryRunDto } from '../dto/dry-run.dto.js';
import { ApiDoneOrDryRun, DryRunResponse } from '../dto/dry-run.response.js';
import { MayHaveReason, OptionalReasonDto } from '../dto/reason.dto.js';
import { RevocationEnvelope } from '../dto/revocation.response.js';
import type { Operator } from '../operator.js';
import { AdminApplicationsService } from './admin-applications.service.js';
import { CreateApplicationDto, UpdateApplicationDto } from './dto/application.dto.js';
import {
  ListedApplicationEnvelope,
  ApplicationListResponse,
  ChangedApplicationResponse,
  SecretApplicationResponse,
} from './dto/application.response.js';

/** The programs that users sign in to, and the services that check their tokens. */
@ApiTags('administration')
@ApiBearerAuth()
@Roles(adminRole)
@Controller('admin/applications')
export class AdminApplicationsController {
  constructor(
    @Inject(AdminApplicationsService) private readonly applications: AdminApplicationsService,
  ) {}

  @ApiOperation({ summary: 'Every application' })
  @Get()
  @ApiOkResponse({ type: ApplicationListResponse })
  async list(): Promise<ApplicationListResponse> {
    return new ApplicationListResponse(await this.applications.listWithSessions());
  }

  @ApiOperation({ summary: 'Makes an application; its secret is shown this once' })
  @Post()
  @ApiCreatedResponse({ type: SecretApplicationResponse })
  async create(
    @CurrentOperator() operator: Operator,
    @Body() body: CreateApplicationDto,
  ): Promise<SecretApplicationResponse> {
    return new SecretApplicationResponse(await this.applications.create(operator, body));
  }

  @ApiOperation({ summary: 'One application' })
  @Get(':id')
  @ApiOkResponse({ type: ListedApplicationEnvelope })
  async get(@Param('id') id: string): Promise<ListedApplicationEnvelope> {
    const application = await this.applications.get(id);
    return new ListedApplicationEnvelope(application, await this.applications.countLive(id));
  }

  @ApiOperation({
    summary: 'Changes it; disabling it or giving it another audience ends its sessions',
  })
  @Patch(':id')
  @ApiOkResponse({ type: ChangedApplicationResponse })
  async update(
    @CurrentOperator() operator: Operator,
    @Param('id') id: string,
    @Body() { reason, ...patch }: UpdateApplicationDto,
  ): Promise<ChangedApplicationResponse> {
    return new ChangedApplicationResponse(
      await this.applications.update(operator, id, patch, reason),
    );
  }

  @ApiOperation({ summary: 'Deletes it; every session of it ends' })
  @Delete(':id')
  @MayHaveReason()
  @ApiOkResponse({ type: RevocationEnvelope })
  async remove(
    @CurrentOperator() operator: Operator,
    @Param('id') id: string,
    @Body() body: OptionalReasonDto,
  ): Promise<RevocationEnvelope> {
    return new RevocationEnvelope(await this.applications.remove(operator, id, body.reason));
  }

  @ApiOperation({ summary: 'Ends every session of it; `dryRun` counts them' })
  @Post(':id/revoke')
  @HttpCode(200)
  @ApiDoneOrDryRun(RevocationEnvelope)
  async revoke(
    @CurrentOperator() operator: Operator,
    @Param('id') id: string,
    @Body() { reason = '', dryRun }: ReasonOrDryRunDto,
  ): Promise<RevocationEnvelope | DryRunResponse> {
    if (dryRun === true) return new DryRunResponse(await this.applications.countLive(id));
    return new RevocationEnvelope(await this.applications.revoke(operator, id, reason));
  }

  @ApiOperation({
    summary: 'Gives it a new secret, shown this once; the old one is refused from now on',
  })
  @Post(':id/secret')
  @HttpCode(200)
  @ApiOkResponse({ type: SecretApplicationResponse })
  async rotateSecret(
    @CurrentOperator() operator: Operator,
    @Param('id') id: string,
  ): Promise<SecretApplicationResponse> {
    return new SecretApplicationResponse(await this.applications.rotateSecret(operator, id));
  }
}
