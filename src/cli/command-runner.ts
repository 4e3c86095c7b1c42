import { Inject, Injectable } from '@nestjs/common';
import { ProblemException } from '@portcullis/auth';
import { parseArgs } from 'node:util';
import { CliError, type Command, type CommandArguments } from './command.js';
import { KeyCommands } from './commands/key.commands.js';
import { SessionCommands } from './commands/session.commands.js';
import { UserCommands } from './commands/users.commands.js';

/** What a command leaves behind: what to print, and the exit code (0 done, 1 refused, 2 not understood). */
export interface CommandResult {
  readonly code: 0 | 1 | 2;
  readonly output: string;
}

/** Understands a command line and runs it over the same services as the admin routes. */
@Injectable()
export class CommandRunner {
  private readonly commands: readonly Command[];

  constructor(
    @Inject(UserCommands) users: UserCommands,
    @Inject(SessionCommands) sessions: SessionCommands,
    @Inject(KeyCommands) keys: KeyCommands,
  ) {
    this.commands = [...users.list(), ...sessions.list(), ...keys.list()];
  }

  async run(argv: readonly string[]): Promise<CommandResult> {
    if (argv.length === 0 || argv[0] === 'help')
      return { code: argv.length === 0 ? 2 : 0, output: this.help() };
    const command = this.commands.find(
      ({ name }) => name === argv.slice(0, name.split(' ').length).join(' '),
    );
    if (!command)
      return { code: 2, output: `there is no command "${argv.join(' ')}"\n\n${this.help()}` };
    try {
      return { code: 0, output: await command.run(parse(command, argv)) };
    } catch (error) {
      if (error instanceof ProblemException)
        return { code: 1, output: `${error.code}: ${error.problem.detail}` };
      if (!(error instanceof CliError)) throw error;
      return { code: 2, output: `${error.message}\nusage: ${command.name} ${command.usage}` };
    }
  }

  help(): string {
    const lines = this.commands.flatMap(({ name, usage, summary }) => [
      `  ${name} ${usage}`.trimEnd(),
      `      ${summary}`,
    ]);
    return ['Commands:', ...lines].join('\n');
  }
}

/** @throws CliError for an unknown option, a missing value, or too many or too few words. */
function parse(command: Command, argv: readonly string[]): CommandArguments {
  const args = argv.slice(command.name.split(' ').length);
  try {
    const { positionals, values } = parseArgs({
      args,
      options: command.options ?? {},
      allowPositionals: true,
      strict: true,
    });
    const expected = command.words ?? 0;
    if (positionals.length !== expected)
      throw new CliError(expected === 0 ? 'no word is expected' : 'one word is expected');
    return { words: positionals, values };
  } catch (error) {
    throw error instanceof CliError ? error : new CliError((error as Error).message);
  }
}
