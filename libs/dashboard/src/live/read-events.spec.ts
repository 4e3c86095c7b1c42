// Server-sent events, however the network cuts them.
import { describe, expect, it } from '@jest/globals';
import { readEvents, type ServerEvent } from './read-events.js';

async function read(...chunks: (string | Uint8Array<ArrayBuffer>)[]): Promise<ServerEvent[]> {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
      }
      controller.close();
    },
  });
  const found: ServerEvent[] = [];
  for await (const event of readEvents(body)) found.push(event);
  return found;
}

describe('a stream of events', () => {
  it('has an event for each block, with its id, and none for a comment', async () => {
    const text = ': still here\n\nid: 7\nevent: audit\ndata: {"a":1}\n\nevent: gap\ndata: {}\n\n';
    expect(await read(text)).toEqual([
      { event: 'audit', data: '{"a":1}', id: '7' },
      { event: 'gap', data: '{}', id: null },
    ]);
  });

  it('may be cut anywhere, within a character too', async () => {
    const bytes = new TextEncoder().encode('event: audit\ndata: {"name":"Zoë"}\n\n');
    const cut = bytes.indexOf(0xc3) + 1;
    expect(await read(bytes.slice(0, 5), bytes.slice(5, cut), bytes.slice(cut))).toEqual([
      { event: 'audit', data: '{"name":"Zoë"}', id: null },
    ]);
  });

  it('keeps an event back that has not ended', async () => {
    expect(await read('event: audit\ndata: {}\n')).toEqual([]);
  });
});
