import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  CurrentToken,
  OpenConnections,
  Roles,
  SkipRefresh,
  type CheckedToken,
} from '@portcullis/auth';
import type { FastifyReply } from 'fastify';
import { Produces } from '../../http/negotiation.js';
import { SessionStreams } from '../../http/session-streams.js';
import { adminRole } from '../../users/user.js';
import { AuditFeed } from './audit-feed.js';

/** What happens on every node, as it happens. */
@ApiTags('administration')
@ApiBearerAuth()
@Roles(adminRole)
@Controller('admin/events')
export class AdminEventsController {
  private readonly streams: SessionStreams;

  constructor(
    @Inject(AuditFeed) private readonly feed: AuditFeed,
    @Inject(OpenConnections) connections: OpenConnections,
  ) {
    this.streams = new SessionStreams(connections, { perSession: 8, perNode: 200 });
  }

  /** Always passive: a dashboard that is only open is no activity. */
  @ApiOperation({
    summary: 'Server-sent events: what is added to the audit log on any node, and revocations',
    description: [
      '`ready` comes first: `{}`, with an `id` to resume from.',
      '`revocation`: a RecordedRevocationResponse, with the time of each node.',
      '`audit`: an AuditEntryResponse, with an `id` to resume from.',
      '`gap`: `{}`; more was missed since `Last-Event-ID` than is sent again (1,000 entries): read the lists.',
      '`ended`: `{code}`; the session has ended, and the stream with it.',
      'After a reconnect an entry may come once more: drop what you have by the `id` in its data. A comment every 15 s says that the stream is alive.',
    ].join('\n\n'),
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Of the last event received.' })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @Produces('text/event-stream')
  @SkipRefresh()
  @Get()
  async events(
    @CurrentToken() checked: CheckedToken,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.feed.send(lastEventId ?? null, () => this.streams.open(checked, reply));
  }
}
