import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { AdminUserAccessService } from '../../admin/users/admin-user-access.service.js';
import { AdminUsersService } from '../../admin/users/admin-users.service.js';
import type { User } from '../../users/user.js';
import { UsersService } from '../../users/users.service.js';
import { CliError, requiredText, textOf, type Command, type CommandArguments } from '../command.js';
import { textTable } from '../text-table.js';
import { commandLine, describeRevocation } from './operator.js';

const reason = { reason: { type: 'string' } } as const;
const roles = { role: { type: 'string', multiple: true } } as const;

/** `users …` */
@Injectable()
export class UserCommands {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(AdminUsersService) private readonly admin: AdminUsersService,
    @Inject(AdminUserAccessService) private readonly access: AdminUserAccessService,
  ) {}

  list(): readonly Command[] {
    const who = '<e-mail or id>';
    return [
      {
        name: 'users list',
        usage: '[--search <text>] [--status active|suspended]',
        summary: 'the newest 200 accounts that match',
        options: { search: { type: 'string' }, status: { type: 'string' } },
        run: (args) => this.print(args),
      },
      {
        name: 'users create',
        usage: '<e-mail> [--name <text>] [--role <role>]…',
        summary: 'a new account; its password is made up and shown once',
        options: { name: { type: 'string' }, ...roles },
        words: 1,
        run: (args) => this.create(args),
      },
      {
        name: 'users suspend',
        usage: `${who} --reason <text>`,
        summary: 'shuts the account: every session ends, nobody can log in to it',
        options: reason,
        words: 1,
        run: (args) => this.suspend(args),
      },
      {
        name: 'users reactivate',
        usage: `${who} [--reason <text>]`,
        summary: 'opens it again; earlier tokens stay dead',
        options: reason,
        words: 1,
        run: (args) => this.reactivate(args),
      },
      {
        name: 'users revoke',
        usage: `${who} [--reason <text>]`,
        summary: 'ends every session; the user may log in again',
        options: reason,
        words: 1,
        run: (args) => this.revoke(args),
      },
      {
        name: 'users roles',
        usage: `${who} [--role <role>]… [--reason <text>]`,
        summary: 'replaces the roles (none: takes all away) and ends every session',
        options: { ...roles, ...reason },
        words: 1,
        run: (args) => this.changeRoles(args),
      },
    ];
  }

  private async print(args: CommandArguments): Promise<string> {
    const status = textOf(args, 'status');
    if (status !== undefined && status !== 'active' && status !== 'suspended') {
      throw new CliError('--status is active or suspended');
    }
    const search = textOf(args, 'search');
    const { rows, total } = await this.admin.list({
      limit: 200,
      ...(search !== undefined && { search }),
      ...(status !== undefined && { status }),
    });
    const cells = rows.map(({ user }) => [user.id, user.email, user.status, user.roles.join(',')]);
    const shown =
      total > rows.length ? `\n${String(rows.length)} of ${String(total)} accounts` : '';
    return textTable(['ID', 'E-MAIL', 'STATUS', 'ROLES'], cells) + shown;
  }

  private async create(args: CommandArguments): Promise<string> {
    const password = randomBytes(18).toString('base64url');
    const email = args.words[0] ?? '';
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new CliError(`"${email}" is not an e-mail address`);
    const displayName = textOf(args, 'name');
    const user = await this.admin.create(commandLine, {
      email,
      password,
      displayName,
      roles: rolesOf(args),
    });
    return `${user.email} is ${user.id}\npassword, shown this once: ${password}`;
  }

  private async suspend(args: CommandArguments): Promise<string> {
    const why = requiredText(args, 'reason');
    const { id, email } = await this.find(args);
    const { revocation } = await this.access.suspend(commandLine, id, why);
    return `${email} is suspended; ${describeRevocation(revocation)}`;
  }

  private async reactivate(args: CommandArguments): Promise<string> {
    const { id, email } = await this.find(args);
    await this.access.reactivate(commandLine, id, textOf(args, 'reason'));
    return `${email} is active; earlier tokens stay dead`;
  }

  private async revoke(args: CommandArguments): Promise<string> {
    const { id, email } = await this.find(args);
    const { revocation } = await this.access.revoke(commandLine, id, textOf(args, 'reason'));
    return `every session of ${email} has ended; ${describeRevocation(revocation)}`;
  }

  private async changeRoles(args: CommandArguments): Promise<string> {
    const { id, email } = await this.find(args);
    const patch = { roles: rolesOf(args) };
    const why = textOf(args, 'reason');
    const { user, revocation } = await this.admin.update(commandLine, id, patch, why);
    const held = user.roles.length === 0 ? 'no role' : user.roles.join(', ');
    return `${email} has ${held}${revocation ? `; ${describeRevocation(revocation)}` : ', as before'}`;
  }

  private async find(args: CommandArguments): Promise<User> {
    const who = args.words[0] ?? '';
    const user = who.includes('@') ? await this.users.findByEmail(who) : await this.users.find(who);
    if (user === null) throw new CliError(`there is no user "${who}"`);
    return user;
  }
}

function rolesOf({ values }: CommandArguments): string[] {
  const given = Array.isArray(values['role']) ? (values['role'] as string[]) : [];
  const wrong = given.find((role) => !/^[a-z][a-z0-9_.:-]{0,63}$/.test(role));
  if (wrong !== undefined)
    throw new CliError(`"${wrong}" is not a role: lower-case letters, digits and _.:-`);
  return given;
}
