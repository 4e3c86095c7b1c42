/** What the RFCs' endpoints answer, in the words of the OpenAPI document. */
import type { ApiResponseSchemaHost } from '@nestjs/swagger';

type Schema = ApiResponseSchemaHost['schema'];

/** RFC 7662 §2.2; without `active: true` nothing else is there. */
export const introspectionSchema: Schema = {
  type: 'object',
  required: ['active'],
  properties: {
    active: { type: 'boolean' },
    token_type: { type: 'string', enum: ['Bearer'] },
    iss: { type: 'string' },
    sub: { type: 'string' },
    aud: { type: 'array', items: { type: 'string' } },
    client_id: { type: 'string' },
    iat: { type: 'integer' },
    exp: { type: 'integer' },
    auth_time: { type: 'integer' },
    session_exp: { type: 'integer' },
    sid: { type: 'string' },
    jti: { type: 'string' },
    ver: { type: 'integer' },
    client_ver: { type: 'integer' },
    issuer_ver: { type: 'integer' },
    roles: { type: 'array', items: { type: 'string' } },
  },
};

export const refreshSchema: Schema = {
  type: 'object',
  required: ['access_token', 'token_type', 'expires_in'],
  properties: {
    access_token: { type: 'string' },
    token_type: { type: 'string', enum: ['Bearer'] },
    expires_in: { type: 'integer', description: 'Seconds.' },
  },
};

const key: Schema = {
  type: 'object',
  required: ['kty', 'crv', 'x', 'y', 'kid', 'use', 'alg'],
  properties: {
    kty: { type: 'string', enum: ['EC'] },
    crv: { type: 'string', enum: ['P-256'] },
    x: { type: 'string' },
    y: { type: 'string' },
    kid: { type: 'string' },
    use: { type: 'string', enum: ['sig'] },
    alg: { type: 'string', enum: ['ES256'] },
  },
};

export const jwksSchema: Schema = {
  type: 'object',
  required: ['keys'],
  properties: { keys: { type: 'array', items: key } },
};

const texts: Schema = { type: 'array', items: { type: 'string' } };

export const metadataSchema: Schema = {
  type: 'object',
  required: ['issuer', 'jwks_uri'],
  properties: {
    issuer: { type: 'string' },
    jwks_uri: { type: 'string' },
    introspection_endpoint: { type: 'string' },
    introspection_endpoint_auth_methods_supported: texts,
    revocation_endpoint: { type: 'string' },
    revocation_endpoint_auth_methods_supported: texts,
    response_types_supported: texts,
    grant_types_supported: texts,
    service_documentation: { type: 'string' },
  },
};
