// The admin routes, typed from the server's own document, over the session's fetch.
import createClient from 'openapi-fetch';
import type { components, paths } from '../../generated/openapi.js';
import { session } from '../session/session.js';
import { learnServerTime } from '../time/clock.js';
import { toProblemError } from './problem-error.js';

type Schemas = components['schemas'];
export type User = Schemas['AdminUserResponse'];
export type Session = Schemas['ListedSessionResponse'];
export type Application = Schemas['ApplicationResponse'];
export type SigningKey = Schemas['SigningKeyResponse'];
export type AuditEntry = Schemas['AuditEntryResponse'];
export type Revocation = Schemas['RevocationResponse'];
export type Overview = Schemas['OverviewResponse'];
export type BulkRow = Schemas['BulkRowResponse'];

async function send(request: Request, activity: 'auto' | 'user' | 'passive'): Promise<Response> {
  const response = await session.fetch(request, { activity });
  learnServerTime(response.headers.get('date'));
  return response;
}

/** Slides the session while somebody is there; `passive` is for what the page does by itself. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => send(request, 'auto'),
});

interface Sending {
  readonly fetch: (request: Request) => Promise<Response>;
}

export const passive: Sending = { fetch: (request) => send(request, 'passive') };
/** What a person pressed a button for. */
export const byHand: Sending = { fetch: (request) => send(request, 'user') };

interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * What was answered.
 * @throws ProblemError what the server refused
 * @throws TypeError when it could not be reached
 */
export async function read<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (data === undefined) throw toProblemError(error, response);
  return data;
}
