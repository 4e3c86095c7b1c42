import { Logger } from '@nestjs/common';
import type { mongo } from 'mongoose';

/** The part of the driver's client that is needed. */
export interface MonitoredClient {
  on(name: HeartbeatEvent | 'serverClosed', listener: (event: Heartbeat) => void): unknown;
  close(): Promise<void>;
  connect(): Promise<unknown>;
}

type HeartbeatEvent = keyof Pick<
  mongo.MongoClientEvents,
  'serverHeartbeatStarted' | 'serverHeartbeatSucceeded' | 'serverHeartbeatFailed'
>;

interface Heartbeat {
  /** The server's address; `serverClosed` calls it otherwise. */
  readonly connectionId?: string;
  readonly address?: string;
  /** Whether the server keeps the answer back until something has changed. */
  readonly awaited?: boolean;
}

const retryMs = 500;
const logger = new Logger('MongoDB');

/**
 * Opens the client anew when the driver's monitor waits for ever.
 *
 * The driver (7.8, 7.9) waits for `drain` when a socket takes no more. Of one that the other side closed
 * just then it never comes, and no time-out covers that wait: the monitor stands still, and the client
 * finds no server again although it is there. Our own commands have a deadline; the monitor has this.
 *
 * @param limits how long an answer may take at most: at once, and when it was kept back
 */
export function watchMonitor(
  client: MonitoredClient,
  limits: { readonly atOnceMs: number; readonly keptBackMs: number },
  isWanted: () => boolean,
): void {
  const timers = new Map<string, NodeJS.Timeout>();
  let isOpening = false;

  const forget = (server: string): void => {
    clearTimeout(timers.get(server));
    timers.delete(server);
  };
  const reopen = async (): Promise<void> => {
    if (isOpening || !isWanted()) return;
    isOpening = true;
    for (const server of [...timers.keys()]) forget(server);
    logger.warn('the driver no longer looks for the server: the connection is opened anew');
    await client.close().catch(() => undefined);
    while (isWanted() && !(await succeeds(client.connect()))) await waitToRetry();
    isOpening = false;
    if (!isWanted()) await client.close().catch(() => undefined);
  };
  client.on('serverHeartbeatStarted', ({ connectionId = '', awaited }) => {
    forget(connectionId);
    const limit = awaited ? limits.keptBackMs : limits.atOnceMs;
    timers.set(connectionId, setTimeout(() => void reopen(), limit).unref());
  });
  client.on('serverHeartbeatSucceeded', ({ connectionId = '' }) => forget(connectionId));
  client.on('serverHeartbeatFailed', ({ connectionId = '' }) => forget(connectionId));
  client.on('serverClosed', ({ address = '' }) => forget(address));
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

const waitToRetry = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, retryMs));
