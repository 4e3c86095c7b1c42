import { Logger } from '@nestjs/common';
import { UnavailableError } from '../access-token/access-token.errors.js';

export interface IssuerClientOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly requestTimeoutMs: number;
}

/** More requests to the issuer than this at once are refused with 503 and not queued. */
const maxInFlight = 256;
/** Key sets, versions and tokens are a few kB; anything longer is not the issuer speaking. */
const maxBodyBytes = 1_048_576;

/** Talks to the Portcullis server on behalf of a service: bounded in time, number and size. */
export class IssuerClient {
  private readonly logger = new Logger('PortcullisIssuer');
  private readonly authorization: string;
  /** Paths whose last request failed. */
  private readonly failing = new Set<string>();
  private inFlight = 0;

  constructor(private readonly options: IssuerClientOptions) {
    // RFC 6749 §2.3.1: both parts form-encoded before they are joined.
    const credentials = [options.clientId, options.clientSecret].map(formEncode).join(':');
    this.authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  }

  /** @throws UnavailableError whenever no JSON object with status 200 came back in time. */
  get(path: string): Promise<Record<string, unknown>> {
    return this.ask(path, { headers: { accept: 'application/json' } });
  }

  /** As `get`, authenticated as the application, with a form as its body. */
  post(path: string, form: Record<string, string>): Promise<Record<string, unknown>> {
    return this.ask(path, {
      method: 'POST',
      headers: { accept: 'application/json', authorization: this.authorization },
      body: new URLSearchParams(form),
    });
  }

  /** As `post`, with a JSON body: for what is no standard's. */
  postJson(path: string, body: object): Promise<Record<string, unknown>> {
    return this.ask(path, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: this.authorization,
      },
      body: JSON.stringify(body),
    });
  }

  /** An answer that goes on until `signal`, or until the server ends it. @throws when there is none. */
  async stream(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const response = await fetch(this.options.issuer + path, {
      headers: { accept: 'text/event-stream', authorization: this.authorization },
      signal,
      redirect: 'error',
    });
    if (response.status === 200 && response.body !== null) return response.body;
    await response.body?.cancel();
    throw new Error(`status ${String(response.status)}`);
  }

  private async ask(path: string, init: RequestInit): Promise<Record<string, unknown>> {
    if (this.inFlight >= maxInFlight) throw new UnavailableError('Too many checks are under way.');
    this.inFlight++;
    try {
      const signal = AbortSignal.timeout(this.options.requestTimeoutMs);
      // A redirect would carry the token and our secret to somewhere else.
      const response = await fetch(this.options.issuer + path, {
        ...init,
        signal,
        redirect: 'error',
      });
      const answer = readObject(await readBody(response));
      this.failing.delete(path);
      return answer;
    } catch (cause) {
      this.report(path, cause);
      throw new UnavailableError('The authorization server cannot be asked at the moment.', cause);
    } finally {
      this.inFlight--;
    }
  }

  /** One line when it begins, however many fail after that. */
  private report(path: string, cause: unknown): void {
    if (this.failing.has(path)) return;
    this.failing.add(path);
    this.logger.warn(`${path} of the issuer failed: ${describe(cause)}`);
  }
}

/** Stops reading what is too long, and what nobody will look at: a connection is not kept for it. */
async function readBody(response: Response): Promise<string> {
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new Error(`status ${String(response.status)}`);
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body as AsyncIterable<Uint8Array>) {
    length += piece.length;
    // Thrown in the loop: that cancels the rest.
    if (length > maxBodyBytes) throw new Error('answer too long');
    pieces.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

function readObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('no JSON object');
  return value as Record<string, unknown>;
}

function formEncode(value: string): string {
  return new URLSearchParams([['', value]]).toString().slice(1);
}

/** The error's own words and its cause's code; a URL or header is never in them. */
function describe(error: unknown): string {
  const { message = 'unknown', cause } = (error ?? {}) as Partial<Error>;
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? `${message} (${code})` : message;
}
