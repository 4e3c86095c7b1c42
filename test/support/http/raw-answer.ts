import { connect } from 'node:net';

/** One answer as it was on the wire. Header names in lower case. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly raw: string;
}

type Bytes = string | Buffer;

/** Sends bytes as they are and gives back all that comes until the server closes. */
export async function exchange(port: number, ...parts: readonly Bytes[]): Promise<string> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    socket.setTimeout(5_000, () => socket.destroy(new Error('the server did not close')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server may close on a client that is still sending; what came until then counts.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

export async function ask(port: number, ...parts: readonly Bytes[]): Promise<RawAnswer> {
  return parseAnswer(await exchange(port, ...parts));
}

/** A request that is well-formed but for what is given. The connection closes with the answer. */
export function request(line: string, headers: readonly string[] = [], body = ''): string {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const lines = [`${line} HTTP/1.1`, 'Host: edge', 'Connection: close', ...length, ...headers];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function parseAnswer(raw: string): RawAnswer {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    if (headers.has(name)) throw new Error(`the answer has ${name} twice`);
    headers.set(name, line.slice(line.indexOf(':') + 1).trim());
  }
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  return { status, headers, body: rest.join('\r\n\r\n'), raw };
}
