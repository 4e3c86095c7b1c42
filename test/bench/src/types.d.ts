/** What is used of packages that bring no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  export interface Client extends EventEmitter {
    setRequests(requests: readonly { headers: Readonly<Record<string, string>> }[]): void;
    setHeaders(headers: Readonly<Record<string, string>>): void;
  }

  export interface Options {
    url: string;
    connections: number;
    duration: number;
    sampleInt?: number;
    bailout?: number;
    timeout?: number;
    setupClient?: (client: Client) => void;
  }

  function autocannon(options: Options): PromiseLike<{ errors: number; non2xx: number }>;
  export { autocannon as default };
}
