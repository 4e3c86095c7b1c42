// One connection to the stream of the session's end, read until it closes or goes silent.
import { createEventParser, type ServerEvent } from './event-parser.js';

/** The server's heartbeat comes every 15 s: without two of them the connection is dead. */
const longestSilenceMs = 35_000;

/** @returns whether the server answered with a stream at all. Never throws. */
export async function readEventStream(
  open: (signal: AbortSignal) => Promise<Response>,
  until: AbortSignal,
  onPiece: () => void,
  onEvent: (event: ServerEvent) => void,
): Promise<boolean> {
  const connection = new AbortController();
  const cut = (): void => connection.abort();
  let silence = setTimeout(cut, longestSilenceMs);
  until.addEventListener('abort', cut);
  let isOpen = false;
  try {
    const response = await open(connection.signal);
    // A page in its place is what a proxy makes of a route that it does not know.
    isOpen = response.ok && !!response.headers.get('Content-Type')?.includes('event-stream');
    if (!isOpen || !response.body) return false;
    const feed = createEventParser(onEvent);
    const text = new TextDecoder();
    const reader = response.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      clearTimeout(silence);
      silence = setTimeout(cut, longestSilenceMs);
      onPiece();
      feed(text.decode(read.value, { stream: true }));
    }
  } catch {
    // Cut, by us or by the network: whoever asked connects again.
  } finally {
    clearTimeout(silence);
    until.removeEventListener('abort', cut);
    cut();
  }
  return isOpen;
}
