/** An HTTP server that answers as a test says, in the place of the auth server. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export class IssuerServer {
  readonly asked: Asked[] = [];
  /** Answers that were begun and not ended. */
  readonly open = new Set<ServerResponse>();

  private constructor(
    private readonly server: Server,
    public answer: (response: ServerResponse, asked: Asked) => void,
  ) {}

  static async start(answer: IssuerServer['answer'] = json({})): Promise<IssuerServer> {
    const server = createServer();
    const issuer = new IssuerServer(server, answer);
    server.on('request', (request, response) => void issuer.take(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Breaks what is open, and goes on listening. */
  breakAll(): void {
    for (const response of this.open) response.destroy();
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.open.add(response);
    response.on('close', () => this.open.delete(response));
    let body = '';
    try {
      for await (const piece of request) body += String(piece);
    } catch {
      return;
    }
    const { method = '', url: path = '', headers } = request;
    const asked = { method, path, headers, body };
    this.asked.push(asked);
    this.answer(response, asked);
  }
}

/** An answer as JSON: the same each time, or made from what was asked. */
export const json =
  (make: object | ((asked: Asked) => object), status = 200): IssuerServer['answer'] =>
  (response, asked) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(typeof make === 'function' ? make(asked) : make));
  };
