import type { OpenAPIObject } from '@nestjs/swagger';
import { problems, type ErrorCode } from '@portcullis/auth';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'post', 'patch', 'delete', 'put'] as const;

/** RFC 9457, with the members that every error of this server has. */
const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', example: 'about:blank' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(problems), description: 'What programs read.' },
    instance: { type: 'string', description: 'The path that was asked for.' },
    errors: {
      type: 'array',
      description: 'Each fault of a 400 validation_failed.',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/** Writes into the document which errors an operation can answer, so that it need not stand at each. */
export function describeProblems(document: OpenAPIObject): OpenAPIObject {
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problemSchema },
  };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation) addProblems(operation, codesOf(path, operation));
    }
  }
  return document;
}

function codesOf(path: string, operation: Operation): ErrorCode[] {
  const codes: ErrorCode[] = ['unavailable'];
  if (operation.requestBody || operation.parameters?.length) codes.push('validation_failed');
  if (operation.requestBody) codes.push('payload_too_large', 'unsupported_media_type');
  if (operation.security?.length) {
    codes.push(
      'token_missing',
      'token_invalid',
      'token_expired',
      'token_revoked',
      'session_revoked',
    );
  }
  if (path.startsWith('/admin')) codes.push('forbidden');
  if (path.startsWith('/oauth') || path === '/auth/login') codes.push('invalid_credentials');
  if (path === '/auth/login') codes.push('account_suspended');
  if (path === '/auth/register') codes.push('email_taken');
  if (
    ['/auth/login', '/auth/register', '/users/me/password'].includes(path) ||
    path.startsWith('/oauth')
  ) {
    codes.push('rate_limited');
  }
  if (path.includes('{')) codes.push('not_found');
  return codes;
}

/** One response for each status, naming the codes that it can have. */
function addProblems(operation: Operation, codes: readonly ErrorCode[]): void {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const schema = { $ref: '#/components/schemas/Problem' };
  for (const [status, named] of byStatus) {
    operation.responses[String(status)] ??= {
      description: named.map((code) => `\`${code}\``).join(', '),
      content: { 'application/problem+json': { schema } },
    };
  }
}
