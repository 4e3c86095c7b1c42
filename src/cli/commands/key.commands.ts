import { Inject, Injectable } from '@nestjs/common';
import { AdminKeysService } from '../../admin/keys/admin-keys.service.js';
import type { SigningKey } from '../../tokens/keys/signing-key.js';
import { textOf, type Command, type CommandArguments } from '../command.js';
import { textTable } from '../text-table.js';
import { commandLine, describeRevocation } from './operator.js';

/** `keys …` */
@Injectable()
export class KeyCommands {
  constructor(@Inject(AdminKeysService) private readonly keys: AdminKeysService) {}

  list(): readonly Command[] {
    const reason = { reason: { type: 'string' } } as const;
    return [
      {
        name: 'keys list',
        usage: '',
        summary: 'the signing keys, newest first',
        run: async () => table(await this.keys.list()),
      },
      {
        name: 'keys rotate',
        usage: '[--reason <text>]',
        summary: 'the next key signs from now on; nobody is signed out',
        options: reason,
        run: async (args) => table(await this.keys.rotate(commandLine, textOf(args, 'reason'))),
      },
      {
        name: 'keys revoke',
        usage: '<kid> [--reason <text>]',
        summary: 'refuses every token that a leaked key signed',
        options: reason,
        words: 1,
        run: (args) => this.revoke(args),
      },
    ];
  }

  private async revoke(args: CommandArguments): Promise<string> {
    const kid = args.words[0] ?? '';
    const revocation = await this.keys.revoke(commandLine, kid, textOf(args, 'reason'));
    return `key ${kid} is revoked; ${describeRevocation(revocation)}`;
  }
}

function table(keys: readonly SigningKey[]): string {
  const cells = keys.map((key) => [
    key.kid,
    key.state,
    key.createdAt.toISOString(),
    key.publishedUntil?.toISOString() ?? '',
  ]);
  return textTable(['KID', 'STATE', 'CREATED', 'PUBLISHED UNTIL'], cells);
}
