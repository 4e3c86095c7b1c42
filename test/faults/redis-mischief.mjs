// @ts-check
/** What a Redis may do to those who trust it: lose all, come back with what it had some time ago, repeat itself. */
import { createClient } from 'redis';

/** @typedef {import('../support/cluster/random.mjs').Random} Random */

const maxMessages = 500;
const maxKeys = 2_000;

export class RedisMischief {
  /** @type {{ channel: string, text: string }[]} */
  #heard = [];
  #uri;
  #listener;

  /** @param {string} uri of a Redis that nobody else uses */
  constructor(uri) {
    this.#uri = uri;
    this.#listener = createClient({ url: uri, socket: { reconnectStrategy: 100 } });
    this.#listener.on('error', () => undefined);
  }

  async open() {
    await this.#listener.connect();
    await this.#listener.pSubscribe('portcullis:*', (text, channel) => {
      this.#heard.push({ channel, text });
      if (this.#heard.length > maxMessages) this.#heard.shift();
    });
  }

  async close() {
    await this.#listener.disconnect();
  }

  async flush() {
    await this.#with((client) => client.flushAll());
  }

  /** Like a replica that lagged behind and is the primary now. @param {number} afterMs */
  async rollBack(afterMs) {
    /** @type {Map<string, string>} */
    const before = new Map();
    await this.#with(async (client) => {
      for await (const key of client.scanIterator({ MATCH: 'portcullis:*', COUNT: 500 })) {
        const value = await client.get(key).catch(() => null);
        if (value !== null) before.set(key, value);
        if (before.size >= maxKeys) break;
      }
    });
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await this.#with(async (client) => {
      await client.flushAll();
      for (const [key, value] of before) await client.set(key, value, { PX: 300_000 });
    });
    return before.size;
  }

  /** Announcements and acknowledgements of a while ago, once more and in any order. @param {Random} random */
  async repeat(random) {
    const some = Array.from({ length: 100 }, () => random.pick(this.#heard)).filter(Boolean);
    await this.#with(async (client) => {
      for (const { channel, text } of some) await client.publish(channel, text);
    });
    // Not to be learned from ourselves.
    this.#heard.splice(-some.length);
    return some.length;
  }

  /** @param {(client: ReturnType<typeof createClient>) => Promise<unknown>} work */
  async #with(work) {
    const client = createClient({ url: this.#uri, socket: { reconnectStrategy: false } });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await work(client);
    } catch {
      // It is down at this moment, which is mischief enough.
    } finally {
      await client.disconnect().catch(() => undefined);
    }
  }
}
