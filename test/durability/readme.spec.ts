import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { startServer, type ServerProcess } from '../support/server-process.js';

/** The README's own lines against a real server: each answer is as printed there. */

const run = promisify(execFile);
let server: ServerProcess;

interface Step {
  readonly command: string;
  readonly expected: string;
}

/** Every `$ command` of the README's console blocks, with what follows it. */
function readSteps(): Step[] {
  const readme = readFileSync('README.md', 'utf8');
  const blocks = [...readme.matchAll(/```console\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  return blocks
    .flatMap((block) => block.split(/^\$ /m).slice(1))
    .map((text) => {
      const [command = '', ...rest] = text.trim().split('\n');
      return { command, expected: rest.join('\n').trim() };
    });
}

/** `…` stands for whatever differs from time to time. */
function toPattern(expected: string): RegExp {
  const parts = expected.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]+?')}$`);
}

beforeAll(async () => {
  server = await startServer({ ADMIN_PASSWORD: 'correct horse battery staple' });
});
afterAll(() => server.stop());

describe('the story of the README', () => {
  it('goes as it is told', async () => {
    const steps = readSteps();
    expect(steps.length).toBeGreaterThan(8);
    const port = new URL(server.url).port;
    const marker = '=====';
    const script = steps
      .map(
        ({ command }) =>
          `${command.replaceAll('localhost:3000', `localhost:${port}`)}\necho; echo ${marker}`,
      )
      .join('\n');
    const { stdout } = await run('bash', ['-c', script], { timeout: 15_000 });
    const answers = stdout.split(`\n${marker}\n`);
    steps.forEach(({ command, expected }, index) => {
      const answer = (answers[index] ?? '').trim().replaceAll('\r', '');
      if (expected !== '')
        expect({ command, answer }).toEqual({
          command,
          answer: expect.stringMatching(toPattern(expected)),
        });
    });
  });
});
