import { describe, expect, it } from '@jest/globals';
import type { LogLevel } from '../config/environment.js';
import { createLogger, PinoLogger } from './request-log.js';

const loggerAt = (
  level: LogLevel,
): { nest: PinoLogger; lines: () => Record<string, unknown>[] } => {
  const written: string[] = [];
  const nest = new PinoLogger(createLogger(level, { write: (line) => written.push(line) }));
  return { nest, lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

describe("Nest's lines", () => {
  it.each([
    ['fatal', 'fatal'],
    ['error', 'error'],
    ['warn', 'warn'],
    ['log', 'info'],
    ['debug', 'debug'],
    ['verbose', 'trace'],
  ] as const)('%s is %s', (method, level) => {
    const { nest, lines } = loggerAt('trace');
    nest[method]('started', 'Context');
    expect(lines()).toEqual([
      expect.objectContaining({ level, msg: 'started', context: 'Context' }),
    ]);
  });

  it('have the stack of an error, given either way', () => {
    const { nest, lines } = loggerAt('info');
    nest.error('failed', 'Error: x\n    at y', 'Context');
    nest.error(new Error('boom'), 'Context');
    expect(lines()).toEqual([
      expect.objectContaining({ msg: 'failed', error: 'Error: x\n    at y', context: 'Context' }),
      expect.objectContaining({
        error: expect.stringMatching(/^Error: boom\n/),
        context: 'Context',
      }),
    ]);
  });

  it('do not copy objects', () => {
    const { nest, lines } = loggerAt('info');
    nest.log({ password: 'hunter2' }, 'Context');
    expect(JSON.stringify(lines())).not.toContain('hunter2');
  });

  it('cannot be forged: a line break stays inside its line', () => {
    const written: string[] = [];
    const logger = createLogger('info', { write: (line) => written.push(line) });
    new PinoLogger(logger).log('a\r\n{"level":"info","msg":"forged"}');
    expect(
      written
        .join('')
        .trimEnd()
        .split(/[\r\n]/),
    ).toHaveLength(1);
  });

  it('are left out below the level, and altogether when silent', () => {
    const quiet = loggerAt('warn');
    quiet.nest.log('x');
    const silent = loggerAt('silent');
    silent.nest.fatal('x');
    expect([...quiet.lines(), ...silent.lines()]).toEqual([]);
  });
});
