import { describe, expect, it } from '@jest/globals';
import { ProblemException } from '@portcullis/auth';
import { CommandRunner } from './command-runner.js';
import type { Command, CommandArguments } from './command.js';
import { textTable } from './text-table.js';

const seen: CommandArguments[] = [];
const commands: readonly Command[] = [
  {
    name: 'users suspend',
    usage: '<who> --reason <text>',
    summary: 'shuts it',
    options: { reason: { type: 'string' } },
    words: 1,
    run: (args) => {
      seen.push(args);
      if (args.words[0] === 'nobody')
        throw new ProblemException('not_found', 'There is no such user.');
      return Promise.resolve('done');
    },
  },
];
const none = { list: () => [] } as never;
const runner = new CommandRunner({ list: () => commands } as never, none, none);

describe('a command line', () => {
  it('is understood', async () => {
    const result = await runner.run([
      'users',
      'suspend',
      'a@b.example',
      '--reason',
      'fraud and more',
    ]);
    expect(result).toEqual({ code: 0, output: 'done' });
    expect(seen.at(-1)).toEqual({ words: ['a@b.example'], values: { reason: 'fraud and more' } });
  });

  it.each([
    ['an unknown command', ['users', 'ban', 'x'], /there is no command "users ban x"/],
    [
      'an unknown option',
      ['users', 'suspend', 'x', '--why', 'y'],
      /Unknown option '--why'[\s\S]*usage: users suspend/,
    ],
    [
      'an option without its value',
      ['users', 'suspend', 'x', '--reason'],
      /--reason[\s\S]*usage: users suspend/,
    ],
    ['too few words', ['users', 'suspend'], /one word is expected\nusage: users suspend <who>/],
    ['too many words', ['users', 'suspend', 'a', 'b'], /one word is expected/],
    ['nothing', [], /^Commands:/],
  ])('with %s is answered with how to do it', async (_name, argv, output) => {
    const result = await runner.run(argv);
    expect(result.code).toBe(2);
    expect(result.output).toMatch(output);
  });

  it('says why it was refused', async () => {
    expect(await runner.run(['users', 'suspend', 'nobody'])).toEqual({
      code: 1,
      output: 'not_found: There is no such user.',
    });
  });

  it('has help', async () => {
    const { code, output } = await runner.run(['help']);
    expect(code).toBe(0);
    expect(output).toContain('users suspend <who> --reason <text>\n      shuts it');
  });
});

describe('a table', () => {
  it('aligns its columns and defuses what would steer the terminal', () => {
    expect(
      textTable(
        ['A', 'B'],
        [
          ['1', 'x'],
          ['22', 'y\u001b[2J'],
        ],
      ),
    ).toBe('A   B\n1   x\n22  y?[2J');
  });
});
