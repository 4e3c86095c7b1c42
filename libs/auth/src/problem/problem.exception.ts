import { HttpException } from '@nestjs/common';
import { problems, type ErrorCode, type FieldFault, type Problem } from './problem.js';

export interface ProblemOptions {
  /** Overrides the code's own status, where HTTP has a finer one (408, 431 …). */
  readonly status?: number;
  readonly errors?: readonly FieldFault[];
  /** Response headers that belong to the error: `WWW-Authenticate`, `Retry-After`, `Allow`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/**
 * Any failure that a client is told of. It extends Nest's own exception, so a host application needs
 * no filter of ours to answer the right status and body; `ProblemFilter` adds headers and media type.
 */
export class ProblemException extends HttpException {
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ErrorCode,
    detail: string,
    options: ProblemOptions = {},
  ) {
    const { status: ownStatus, title } = problems[code];
    const status = options.status ?? ownStatus;
    const body: Problem = {
      type: 'about:blank',
      title,
      status,
      detail,
      code,
      ...(options.errors && { errors: options.errors }),
    };
    super(body, status, { cause: options.cause, description: detail });
    // Nest would make the message from the name of the class; whoever logs it wants to know why.
    this.message = detail;
    this.headers = options.headers ?? {};
  }

  get problem(): Problem {
    return this.getResponse() as Problem;
  }
}
