/** What joined services are answered, in the words of the OpenAPI document. */
import type { ApiResponseSchemaHost } from '@nestjs/swagger';

type Schema = ApiResponseSchemaHost['schema'];

const event: Schema = {
  type: 'object',
  required: ['number', 'subject', 'version'],
  properties: {
    number: { type: 'integer' },
    subject: { type: 'string', example: 'u:<user id>' },
    version: { type: 'integer' },
  },
};

/** Empty for a node that leaves. */
export const pollReplySchema: Schema = {
  type: 'object',
  properties: {
    log: { type: 'string' },
    seq: { type: 'integer' },
    events: { type: 'array', items: event },
    gap: { type: 'boolean', description: 'More was missed than is kept.' },
    oldestAgeMs: { type: 'number', nullable: true },
    leaseMs: { type: 'integer' },
  },
};

/** A subject that is left out does not exist. */
export const versionsSchema: Schema = {
  type: 'object',
  required: ['records'],
  properties: {
    records: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['version', 'status'],
        properties: { version: { type: 'integer' }, status: { type: 'string' } },
      },
    },
  },
};
