import type { ParseArgsConfig } from 'node:util';

/** What an operator types after `npm run cli --`. */
export interface Command {
  /** `users suspend` */
  readonly name: string;
  /** What follows the name: `<e-mail or id> --reason <text>` */
  readonly usage: string;
  readonly summary: string;
  readonly options?: ParseArgsConfig['options'];
  /** How many words follow the name. */
  readonly words?: number;
  /** What to print. Throws CliError or a ProblemException. */
  run(args: CommandArguments): Promise<string>;
}

export interface CommandArguments {
  readonly words: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

/** The command was not given as it should be; the message says how. */
export class CliError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CliError';
  }
}

/** As over HTTP: one line that fits into the audit log. */
const maxText = 500;

/** The text of an option that may be left out. @throws CliError when it is no line of text. */
export function textOf(args: CommandArguments, name: string): string | undefined {
  const value = args.values[name];
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  if (value.length > maxText || /\p{Cc}/u.test(value)) {
    throw new CliError(`--${name} is one line of at most ${String(maxText)} characters`);
  }
  return value;
}

/** The text of an option that must be there. @throws CliError */
export function requiredText(args: CommandArguments, name: string): string {
  const value = textOf(args, name);
  if (value === undefined) throw new CliError(`--${name} is required`);
  return value;
}
