/**
 * A server that speaks MongoDB's wire protocol, passes for the primary of a replica set, and answers
 * each command as a test says: what no real one can be made to do on demand.
 */
import { mongo } from 'mongoose';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

const { BSON, ObjectId } = mongo;
type Document = Record<string, unknown>;

/** `hang`: no answer ever. `cut`: the connection is closed instead. */
export type Answer = Document | 'hang' | 'cut';

export interface WireServer {
  readonly uri: string;
  /** What it was told, but for greetings. */
  readonly commands: Document[];
  /** Answers from now on; `{ ok: 1 }` at first. */
  answer: (command: Document) => Answer | Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** What a `find` gets. */
export const cursorOf = (...rows: object[]): Document => ({
  ok: 1,
  cursor: { id: BSON.Long.ZERO, ns: 'x.rows', firstBatch: rows },
});

const greetings = new Set(['hello', 'isMaster', 'ismaster', 'endSessions']);
const opReply = 1;
const opQuery = 2004;
const opMessage = 2013;

export async function startWireServer(): Promise<WireServer> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    readMessages(socket, (message) => void handle(socket, message));
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const address = `127.0.0.1:${(listener.address() as AddressInfo).port}`;

  const server: WireServer = {
    uri: `mongodb://${address}/?replicaSet=rs0`,
    commands: [],
    answer: () => ({ ok: 1 }),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };

  async function handle(socket: Socket, message: Buffer): Promise<void> {
    const command = readCommand(message);
    if (greetings.has(Object.keys(command)[0] ?? '')) {
      socket.write(toReply(message, greetingOf(address)));
      return;
    }
    server.commands.push(command);
    const answer = await server.answer(command);
    if (answer === 'cut') socket.destroy();
    else if (answer !== 'hang') socket.write(toReply(message, answer));
  }
  return server;
}

const greetingOf = (address: string): Document => ({
  ok: 1,
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  setName: 'rs0',
  setVersion: 1,
  electionId: new ObjectId('7fffffff0000000000000001'),
  hosts: [address],
  primary: address,
  me: address,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 25,
});

function readMessages(socket: Socket, onMessage: (message: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      onMessage(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  });
}

/** Lists that come in sections of their own (`documents`, `updates`) are put into the command. */
function readCommand(message: Buffer): Document {
  if (message.readInt32LE(12) === opQuery) {
    return BSON.deserialize(message.subarray(message.indexOf(0, 20) + 9));
  }
  let command: Document = {};
  for (let at = 20; at < message.length;) {
    const kind = message[at];
    const size = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + size);
    if (kind === 0) command = { ...BSON.deserialize(section), ...command };
    else Object.assign(command, readList(section));
    at += 1 + size;
  }
  return command;
}

function readList(section: Buffer): Document {
  const end = section.indexOf(0, 4);
  const list: Document[] = [];
  for (let at = end + 1; at < section.length; at += section.readInt32LE(at)) {
    list.push(BSON.deserialize(section.subarray(at, at + section.readInt32LE(at))));
  }
  return { [section.toString('utf8', 4, end)]: list };
}

function toReply(request: Buffer, document: Document): Buffer {
  const body = BSON.serialize(document);
  const legacy = request.readInt32LE(12) === opQuery;
  // Flags and, in the old form, cursor, offset and the number of documents; in the new, the kind.
  const head = Buffer.alloc(legacy ? 20 : 5);
  if (legacy) head.writeInt32LE(1, 16);
  const reply = Buffer.concat([Buffer.alloc(16), head, body]);
  reply.writeInt32LE(reply.length, 0);
  reply.writeInt32LE(request.readInt32LE(4), 8);
  reply.writeInt32LE(legacy ? opReply : opMessage, 12);
  return reply;
}
