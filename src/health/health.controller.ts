import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { Public, UnavailableError } from '@portcullis/auth';
import { DependencyHealth } from './dependency-health.js';
import { liveSchema, readySchema } from './health.schemas.js';

@ApiTags('operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly checks: HealthCheckService,
    @Inject(DependencyHealth) private readonly dependencies: DependencyHealth,
  ) {}

  /** Whether the process answers at all; an orchestrator restarts it when not. */
  @ApiOperation({ summary: 'Whether the process answers' })
  @Get('live')
  @ApiOkResponse({ schema: liveSchema })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether requests can be served now; 503 names what is down. Redis is not needed, so never down here. */
  @ApiOperation({ summary: 'Whether requests can be served now; 503 names what is down' })
  @Get('ready')
  @ApiOkResponse({ schema: readySchema })
  async ready(): Promise<HealthCheckResult> {
    try {
      return await this.checks.check([
        () => this.dependencies.database(),
        () => this.dependencies.keys(),
      ]);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const { error: down } = error.getResponse() as HealthCheckResult;
      throw new UnavailableError(`Down: ${Object.keys(down ?? {}).join(', ')}.`);
    }
  }
}
