import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '@portcullis/auth';
import { adminRole } from '../../users/user.js';
import { AdminOverviewService } from './admin-overview.service.js';
import { OverviewResponse } from './dto/overview.response.js';

@ApiTags('administration')
@ApiBearerAuth()
@Roles(adminRole)
@Controller('admin/overview')
export class AdminOverviewController {
  constructor(@Inject(AdminOverviewService) private readonly overview: AdminOverviewService) {}

  @ApiOperation({ summary: 'Counts, live sessions, and how long revokes took' })
  @Get()
  @ApiOkResponse({ type: OverviewResponse })
  async read(): Promise<OverviewResponse> {
    return new OverviewResponse(await this.overview.read());
  }
}
