import { describe, expect, it } from '@jest/globals';
import {
  BadRequestException,
  ForbiddenException,
  HttpException,
  NotFoundException,
  ServiceUnavailableException,
  UnauthorizedException,
} from '@nestjs/common';
import { ProblemException } from '@portcullis/auth';
import { errorCodes } from 'fastify';
import { InvalidCursorError } from '../../storage/page.js';
import { DuplicateError, StorageUnavailableError } from '../../storage/storage.errors.js';
import { toProblem } from './to-problem.js';

const withStatus = (extra: object): Error =>
  Object.assign(new Error('hunter2'), { statusCode: 404, status: 404 }, extra);

describe('an error becomes', () => {
  it.each<[string, unknown, number, string]>([
    ['a cursor', new InvalidCursorError(), 400, 'validation_failed'],
    ['a duplicate', new DuplicateError('id'), 409, 'conflict'],
    ['an outage', new StorageUnavailableError('hunter2'), 503, 'unavailable'],
    ['Nest 400', new BadRequestException('hunter2'), 400, 'invalid_request'],
    ['Nest 401', new UnauthorizedException('hunter2'), 401, 'token_missing'],
    ['Nest 403', new ForbiddenException('hunter2'), 403, 'forbidden'],
    ['Nest 404', new NotFoundException('hunter2'), 404, 'not_found'],
    ['Nest 418', new HttpException('hunter2', 418), 418, 'invalid_request'],
    ['Nest 429', new HttpException('hunter2', 429), 429, 'rate_limited'],
    ['Nest 502', new HttpException('hunter2', 502), 500, 'internal_error'],
    ['Nest 503', new ServiceUnavailableException('hunter2'), 503, 'unavailable'],
    ['a large body', new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE(), 413, 'payload_too_large'],
    [
      'a media type',
      new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(),
      415,
      'unsupported_media_type',
    ],
    ['a short body', new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH(), 400, 'invalid_request'],
    ['Fastify 500', new errorCodes.FST_ERR_REP_INVALID_PAYLOAD_TYPE('x'), 500, 'internal_error'],
    ['a body cut off', withStatus({ code: 'ECONNRESET', statusCode: 400 }), 400, 'invalid_request'],
    ['a missing file', withStatus({ expose: false }), 404, 'not_found'],
    ["another server's 404", withStatus({}), 500, 'internal_error'],
    [
      "another server's reset",
      Object.assign(new Error('x'), { code: 'ECONNRESET' }),
      500,
      'internal_error',
    ],
    ['any error', new TypeError('hunter2'), 500, 'internal_error'],
    ['a string', 'hunter2', 500, 'internal_error'],
    ['nothing', undefined, 500, 'internal_error'],
    ['null', null, 500, 'internal_error'],
  ])('%s', (_what, error, status, code) => {
    const exception = toProblem(error);
    expect(exception.problem).toMatchObject({ status, code });
    expect(exception.getStatus()).toBe(status);
    expect(JSON.stringify([exception.problem, exception.headers])).not.toContain('hunter2');
    expect(exception.cause).toBe(error ?? undefined);
  });

  it('itself, when it is a problem already', () => {
    const exception = new ProblemException('last_admin', 'One must stay.');
    expect(toProblem(exception)).toBe(exception);
  });

  it('something to act upon: the scheme of a 401, the time of a 503, the field of a cursor', () => {
    expect(toProblem(new UnauthorizedException()).headers).toEqual({
      'www-authenticate': 'Bearer',
    });
    expect(toProblem(new StorageUnavailableError('x')).headers).toEqual({ 'retry-after': '1' });
    expect(toProblem(new InvalidCursorError()).problem.errors?.[0]?.field).toBe('cursor');
  });
});
