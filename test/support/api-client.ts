/** Calls the server as a client would, and gives back what a test looks at. */

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or the text of anything else. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into bodies of any shape
  readonly body: any;
  /** The token that the answer carries, if it slid. */
  readonly token: string | null;
}

export interface CallOptions {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export class ApiClient {
  constructor(readonly url: string) {}

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const headers = new Headers(options.headers);
    if (options.token !== undefined) headers.set('authorization', `Bearer ${options.token}`);
    const init: RequestInit = { method, headers, redirect: 'manual' };
    if (options.body instanceof URLSearchParams) init.body = options.body;
    else if (options.body !== undefined) {
      init.body = JSON.stringify(options.body);
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    }
    const response = await fetch(this.url + path, init);
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const token = /^Bearer (.+)$/.exec(response.headers.get('authorization') ?? '')?.[1] ?? null;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
      token,
    };
  }

  get(path: string, token?: string, headers?: Record<string, string>): Promise<Answer> {
    return this.call('GET', path, { token, ...(headers && { headers }) });
  }

  post(path: string, body?: unknown, token?: string): Promise<Answer> {
    return this.call('POST', path, { body, token });
  }

  patch(path: string, body: unknown, token?: string): Promise<Answer> {
    return this.call('PATCH', path, { body, token });
  }

  delete(path: string, token?: string, body?: unknown): Promise<Answer> {
    return this.call('DELETE', path, { token, body });
  }

  /** A form, as the standard endpoints take, by an application that authenticates itself. */
  form(
    path: string,
    fields: Record<string, string>,
    client?: { id: string; secret: string },
  ): Promise<Answer> {
    const basic = client && Buffer.from(`${client.id}:${client.secret}`).toString('base64');
    return this.call('POST', path, {
      body: new URLSearchParams(fields),
      ...(basic !== undefined && { headers: { authorization: `Basic ${basic}` } }),
    });
  }

  /** A new account; its id. */
  async register(email: string, password = 'a long enough passphrase'): Promise<string> {
    const { status, body } = await this.post('/auth/register', { email, password });
    if (status !== 201)
      throw new Error(`register answered ${String(status)} ${JSON.stringify(body)}`);
    return body.user.id as string;
  }

  /** A new session; its token. */
  async login(
    email: string,
    password = 'a long enough passphrase',
    application?: string,
  ): Promise<string> {
    const { status, body } = await this.post('/auth/login', { email, password, application });
    if (status !== 200) throw new Error(`login answered ${String(status)} ${JSON.stringify(body)}`);
    return body.accessToken as string;
  }
}
