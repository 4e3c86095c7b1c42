/** A service with things that live long: an event stream, a socket, a handler that takes its time. */
import {
  Controller,
  Inject,
  Injectable,
  Post,
  Sse,
  type INestApplication,
  type MessageEvent,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  bearerTokenOf,
  CurrentToken,
  OpenConnections,
  ProblemException,
  SharedAuthModule,
  SkipRefresh,
  TokenChecks,
  type CheckedToken,
  type SharedAuthPorts,
} from '@portcullis/auth';
import { createHash } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { map, Subject, type Observable } from 'rxjs';
import type { Platform } from '../auth-host.js';
import { FakeClock } from '../fake-clock.js';
import { audience, issuer } from '../tokens.js';
import { Gates } from '../gate.js';

/** What there is to tell, and what was done. */
export class News {
  readonly messages = new Subject<string>();
  transfers = 0;
}

@Controller()
export class LiveController {
  constructor(
    @Inject(OpenConnections) private readonly connections: OpenConnections,
    @Inject(TokenChecks) private readonly checks: TokenChecks,
    @Inject(News) private readonly news: News,
    @Inject(Gates) private readonly gates: Gates,
  ) {}

  @Sse('news')
  @SkipRefresh()
  events(@CurrentToken() token: CheckedToken): Observable<MessageEvent> {
    const messages = this.news.messages.pipe(map((data): MessageEvent => ({ data })));
    return this.connections.stream(token, messages, (code) => ({ type: 'ended', data: { code } }));
  }

  @Post('transfers')
  async transfer(@CurrentToken() token: CheckedToken): Promise<object> {
    await this.gates.next.pass();
    await this.checks.assertStillValid(token);
    this.news.transfers += 1;
    return {};
  }
}

/** WebSockets without a library: the handshake of RFC 6455, and frames from the server alone. */
@Injectable()
export class Sockets implements OnApplicationBootstrap {
  readonly open = new Set<Socket>();

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(TokenChecks) private readonly checks: TokenChecks,
    @Inject(OpenConnections) private readonly connections: OpenConnections,
    @Inject(News) private readonly news: News,
  ) {}

  onApplicationBootstrap(): void {
    const server: Server = this.host.httpAdapter.getHttpServer();
    server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
      socket.on('error', () => socket.destroy());
      this.accept(request, socket).catch((error: unknown) => refuse(socket, error));
    });
  }

  private async accept(request: IncomingMessage, socket: Socket): Promise<void> {
    const token = await this.checks.check(bearerTokenOf(request));
    const connection = this.connections.open(token, () => {
      this.open.delete(socket);
      socket.destroy();
    });
    if (socket.destroyed) return;
    this.open.add(socket);
    const news = this.news.messages.subscribe((text) => void this.tell(connection, socket, text));
    // A socket that nobody reads does not notice that the other side has gone.
    socket.on('end', () => socket.destroy()).resume();
    socket.on('close', () => {
      this.open.delete(socket);
      connection.forget();
      news.unsubscribe();
    });
    const key = `${String(request.headers['sec-websocket-key'])}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accepted = createHash('sha1').update(key).digest('base64');
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accepted}\r\n\r\n`,
    );
  }

  private async tell(
    connection: ReturnType<OpenConnections['open']>,
    socket: Socket,
    text: string,
  ): Promise<void> {
    if (!(await connection.mayWrite())) return;
    const bytes = Buffer.from(text);
    socket.write(Buffer.concat([Uint8Array.of(0x81, bytes.length), bytes]));
  }
}

function refuse(socket: Socket, error: unknown): void {
  const status = error instanceof ProblemException ? error.getStatus() : 500;
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

class LiveModule {}

export interface LiveHost {
  readonly app: INestApplication;
  readonly url: string;
  readonly news: News;
  readonly sockets: Sockets;
  readonly gates: Gates;
  readonly connections: OpenConnections;
}

export async function startLiveHost(
  platform: Platform,
  ports: SharedAuthPorts,
  clock: FakeClock,
): Promise<LiveHost> {
  const module = {
    module: LiveModule,
    imports: [SharedAuthModule.forRoot({ issuer, audience, clock, ports })],
    controllers: [LiveController],
    providers: [News, Sockets, Gates],
  };
  const adapter = platform === 'Fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(module, adapter, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    news: app.get(News),
    sockets: app.get(Sockets),
    gates: app.get(Gates),
    connections: app.get(OpenConnections),
  };
}
