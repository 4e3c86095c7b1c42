/**
 * Requests at a given rate, whether earlier ones were answered or not. A latency counts from when the
 * request was due: a server that stands still must not be asked less for it.
 */
import { Agent, request, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Latencies, type Percentiles } from './latencies.js';

export interface PacedRequest {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Paced extends Percentiles {
  readonly sent: number;
  /** How many answers had each status; 0 is none at all. */
  readonly statuses: Readonly<Record<number, number>>;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export async function paced(
  perSecond: number,
  seconds: number,
  next: (index: number) => PacedRequest,
): Promise<Paced> {
  const latencies = new Latencies();
  const statuses: Record<number, number> = {};
  const answers: Promise<void>[] = [];
  const begun = performance.now();
  const total = Math.round(perSecond * seconds);
  for (let index = 0; index < total; index += 1) {
    const due = begun + (index * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await sleep(early);
    const answered = send(next(index)).then((status) => {
      latencies.add(performance.now() - due);
      statuses[status] = (statuses[status] ?? 0) + 1;
    });
    answers.push(answered);
  }
  await Promise.all(answers);
  return { sent: total, statuses, ...latencies.percentiles() };
}

function send({ port, method, path, headers, body }: PacedRequest): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent });
    outgoing.setTimeout(10_000, () => outgoing.destroy());
    outgoing.on('error', () => resolve(0));
    outgoing.on('response', (incoming: IncomingMessage) => {
      incoming.resume().on('end', () => resolve(incoming.statusCode ?? 0));
      incoming.on('error', () => resolve(0));
    });
    outgoing.end(body);
  });
}

export function closePaced(): void {
  agent.destroy();
}
