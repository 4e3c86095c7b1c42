import { Inject, Injectable } from '@nestjs/common';
import { AdminRevocationsService } from '../../admin/revocations/admin-revocations.service.js';
import { AdminSessionsService } from '../../admin/sessions/admin-sessions.service.js';
import { CliError, requiredText, textOf, type Command, type CommandArguments } from '../command.js';
import { textTable } from '../text-table.js';
import { commandLine, describeRevocation } from './operator.js';

/** `sessions …` and `revoke-all` */
@Injectable()
export class SessionCommands {
  constructor(
    @Inject(AdminSessionsService) private readonly sessions: AdminSessionsService,
    @Inject(AdminRevocationsService) private readonly revocations: AdminRevocationsService,
  ) {}

  list(): readonly Command[] {
    return [
      {
        name: 'sessions list',
        usage: '[--user <id>] [--application <id>] [--ip <address>] [--ended]',
        summary: 'the newest 200 live sessions that match; with --ended the others too',
        options: {
          user: { type: 'string' },
          application: { type: 'string' },
          ip: { type: 'string' },
          ended: { type: 'boolean' },
        },
        run: (args) => this.print(args),
      },
      {
        name: 'sessions end',
        usage: '<id> [--reason <text>]',
        summary: 'ends one session',
        options: { reason: { type: 'string' } },
        words: 1,
        run: (args) => this.end(args),
      },
      {
        name: 'revoke-all',
        usage: '--reason <text> --yes',
        summary: 'ends every session of everybody',
        options: { reason: { type: 'string' }, yes: { type: 'boolean' } },
        run: (args) => this.revokeAll(args),
      },
    ];
  }

  private async print(args: CommandArguments): Promise<string> {
    const [userId, application, ip] = ['user', 'application', 'ip'].map((name) =>
      textOf(args, name),
    );
    const { rows, total } = await this.sessions.list({
      limit: 200,
      ...(args.values['ended'] !== true && { state: 'live' as const }),
      ...(userId !== undefined && { userId }),
      ...(application !== undefined && { application }),
      ...(ip !== undefined && { ip }),
    });
    const cells = rows.map(({ session, user, state }) => [
      session.id,
      user?.email ?? session.userId,
      session.application,
      session.ip,
      session.lastSeenAt.toISOString(),
      state,
    ]);
    const shown =
      total > rows.length ? `\n${String(rows.length)} of ${String(total)} sessions` : '';
    return textTable(['ID', 'USER', 'APPLICATION', 'IP', 'LAST SEEN', 'STATE'], cells) + shown;
  }

  private async end(args: CommandArguments): Promise<string> {
    const id = args.words[0] ?? '';
    const revocation = await this.sessions.end(commandLine, id, textOf(args, 'reason'));
    return `session ${id} has ended; ${describeRevocation(revocation)}`;
  }

  private async revokeAll(args: CommandArguments): Promise<string> {
    const reason = requiredText(args, 'reason');
    if (args.values['yes'] !== true) throw new CliError('this signs everybody out: add --yes');
    const revocation = await this.revocations.revokeAll(commandLine, reason);
    return `every session of everybody has ended; ${describeRevocation(revocation)}`;
  }
}
