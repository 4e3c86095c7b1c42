import {
  Body,
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Post,
  Res,
} from '@nestjs/common';
import { ApiBasicAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProblemException, Public, type Subject } from '@portcullis/auth';
import type { FastifyReply } from 'fastify';
import type { Application } from '../../../applications/application.js';
import { EventStream } from '../../../http/event-stream.js';
import { Produces } from '../../../http/negotiation.js';
import { Origin, type RequestOrigin } from '../../../http/request-origin.js';
import { OAuthService } from '../oauth.service.js';
import { pollReplySchema, versionsSchema } from './node-answers.schemas.js';
import { PollDto, TokenVersionsDto } from './node-requests.dto.js';
import { RevocationBroadcast } from './revocation-broadcast.js';
import { ServiceNodes } from './service-nodes.service.js';

/** For services that joined as nodes: the revocation protocol over HTTP. */
@ApiTags('nodes')
@ApiBasicAuth()
@Public()
@Controller('oauth')
export class NodesController {
  constructor(
    @Inject(OAuthService) private readonly oauth: OAuthService,
    @Inject(ServiceNodes) private readonly nodes: ServiceNodes,
    @Inject(RevocationBroadcast) private readonly broadcast: RevocationBroadcast,
  ) {}

  /** Registers the node, acknowledges, and answers what is new; the lease begins when it was sent. */
  @ApiOperation({ summary: 'For joined services: what was revoked since, and the next lease' })
  @Post('revocations/poll')
  @ApiOkResponse({ schema: pollReplySchema })
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async poll(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: PollDto,
    @Origin() origin: RequestOrigin,
  ): Promise<object> {
    const caller = await this.authenticate(authorization, origin);
    if (body.leaving !== true) return this.nodes.poll(caller, body);
    await this.nodes.leave(caller, body.node);
    return {};
  }

  @ApiOperation({ summary: 'For joined services: server-sent events, `ring` as it is announced' })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @Produces('text/event-stream')
  @Get('revocations/events')
  async events(
    @Headers('authorization') authorization: string | undefined,
    @Origin() origin: RequestOrigin,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const caller = await this.authenticate(authorization, origin);
    this.broadcast.assertFewEnough(caller);
    this.broadcast.join(caller, new EventStream(reply));
  }

  /** A subject that is left out does not exist. */
  @ApiOperation({
    summary: 'For joined services: versions of subjects, read from the database now',
  })
  @Post('token-versions')
  @ApiOkResponse({ schema: versionsSchema })
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async tokenVersions(
    @Headers('authorization') authorization: string | undefined,
    @Body() { subjects }: TokenVersionsDto,
    @Origin() origin: RequestOrigin,
  ): Promise<object> {
    await this.authenticate(authorization, origin);
    return { records: await this.nodes.readVersions(subjects as Subject[]) };
  }

  private async authenticate(
    authorization: string | undefined,
    { ip }: RequestOrigin,
  ): Promise<Application> {
    const caller = await this.oauth.authenticate(authorization, ip);
    if (caller.resourceServer) return caller;
    throw new ProblemException('forbidden', 'This is for applications with resourceServer: true.');
  }
}
