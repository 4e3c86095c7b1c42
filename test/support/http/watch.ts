/** Reads an event stream as a page does: by `fetch`, with the token in a header. */
import { createParser } from 'eventsource-parser';

export interface HeardEvent {
  readonly event: string | undefined;
  readonly id: string | undefined;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into data of any shape
  readonly data: any;
}

export interface Watched {
  readonly status: number;
  readonly headers: Headers;
  readonly events: readonly HeardEvent[];
  /** The data of the events of this kind. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into data of any shape
  readonly of: (event: string) => any[];
  readonly lastEventId: string | undefined;
  readonly isClosed: boolean;
  /** When the other side has closed it. */
  readonly closed: Promise<void>;
  readonly close: () => Promise<void>;
}

export async function watch(
  url: string,
  token: string,
  lastEventId?: string,
  given: Record<string, string> = {},
): Promise<Watched> {
  const hangUp = new AbortController();
  const headers = {
    authorization: `Bearer ${token}`,
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    ...given,
  };
  const response = await fetch(url, { headers, signal: hangUp.signal });
  const events: HeardEvent[] = [];
  let isClosed = false;
  const parser = createParser({
    onEvent: ({ event, id, data }) => events.push({ event, id, data: JSON.parse(data) }),
  });
  const read = async (): Promise<void> => {
    const text = new TextDecoder();
    try {
      for await (const piece of response.body ?? []) parser.feed(text.decode(piece as Uint8Array));
    } catch {
      // Hung up by us, or cut off: over in either case.
    }
    isClosed = true;
  };
  const closed = response.status === 200 ? read() : Promise.resolve();
  return {
    status: response.status,
    headers: response.headers,
    events,
    of: (event) => events.filter((one) => one.event === event).map(({ data }) => data),
    get lastEventId() {
      return events.findLast(({ id }) => id !== undefined)?.id;
    },
    get isClosed() {
      return isClosed;
    },
    closed,
    close: () => {
      hangUp.abort();
      return closed;
    },
  };
}
