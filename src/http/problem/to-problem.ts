import { HttpException } from '@nestjs/common';
import { ProblemException, UnavailableError, type ErrorCode } from '@portcullis/auth';
import { InvalidCursorError } from '../../storage/page.js';
import { DuplicateError, StorageUnavailableError } from '../../storage/storage.errors.js';

/**
 * Whatever was thrown, as the problem that a client is told of. Texts are ours and never the error's
 * own, which may quote a query, a path on disk or a key; the error goes along as `cause`, for the log.
 */
export function toProblem(error: unknown): ProblemException {
  if (error instanceof ProblemException) return error;
  if (error instanceof StorageUnavailableError) return new UnavailableError(unavailable, error);
  if (error instanceof InvalidCursorError) {
    return new ProblemException('validation_failed', 'The query is not of the expected form.', {
      errors: [{ field: 'cursor', message: 'must be one that this list handed out' }],
      cause: error,
    });
  }
  if (error instanceof DuplicateError) {
    return new ProblemException('conflict', byStatus[409].detail, { cause: error });
  }
  return ofStatus(statusOf(error), error);
}

const unavailable = 'The server cannot answer this now. Try again in a moment.';

/** What a status means where nothing but the status is known: errors of Nest, Fastify and Node. */
const byStatus = {
  400: { code: 'invalid_request', detail: 'The request is not valid HTTP, or its body is broken.' },
  401: { code: 'token_missing', detail: 'This resource needs an access token.' },
  403: { code: 'forbidden', detail: 'The caller may not do this.' },
  404: { code: 'not_found', detail: 'There is nothing at this address.' },
  405: { code: 'method_not_allowed', detail: 'The resource does not have this method.' },
  406: { code: 'not_acceptable', detail: 'None of the media types in Accept can be produced.' },
  408: { code: 'invalid_request', detail: 'The request took too long to come.' },
  409: { code: 'conflict', detail: 'The request does not fit the current state.' },
  413: { code: 'payload_too_large', detail: 'The body is too large.' },
  414: { code: 'invalid_request', detail: 'The address, or a part of it, is too long.' },
  415: { code: 'unsupported_media_type', detail: 'The body must be of another media type.' },
  429: { code: 'rate_limited', detail: 'Too many requests. Try again later.' },
  431: { code: 'invalid_request', detail: 'The header fields are too large.' },
  503: { code: 'unavailable', detail: unavailable },
} as const satisfies Record<number, { code: ErrorCode; detail: string }>;

type KnownStatus = keyof typeof byStatus;

function ofStatus(status: number, cause: unknown): ProblemException {
  if (status === 503) return new UnavailableError(unavailable, cause);
  if (status < 400 || status >= 500) {
    return new ProblemException('internal_error', 'Something went wrong on our side.', { cause });
  }
  const { code, detail } = status in byStatus ? byStatus[status as KnownStatus] : byStatus[400];
  // RFC 9110 §15.5.2: a 401 names the scheme.
  const headers = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  return new ProblemException(code, detail, { status, headers, cause });
}

/** The status an error was made with; 500 where it says none, or where whoever says it cannot know. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error)) return 500;
  const { code, statusCode, expose } = error as Error & Record<string, unknown>;
  // Any library's error may have a `statusCode` (of a call of its own); these mean ours. `ECONNRESET`
  // with a status is a body that stopped half-way, `expose` a mark of http-errors (static files).
  const isOurs =
    (typeof code === 'string' && (code.startsWith('FST_ERR_') || code === 'ECONNRESET')) ||
    typeof expose === 'boolean';
  return isOurs && typeof statusCode === 'number' ? statusCode : 500;
}

/** The problem of a status, for what is refused before there is an error to convert. */
export function problemOfStatus(status: KnownStatus, headers = {}): ProblemException {
  const { code, detail } = byStatus[status];
  return new ProblemException(code, detail, { status, headers });
}
