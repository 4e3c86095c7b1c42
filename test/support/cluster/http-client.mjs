// @ts-check
/** A client of one node that never throws: what went wrong is an outcome like any other. */
import { Agent, request } from 'node:http';

/**
 * @typedef {object} Answer
 * @property {number} status 0: there was no answer
 * @property {any} body of JSON, or null
 * @property {string | null} token the one in `Authorization`, if it was given one
 * @property {string} [failure] why there was no answer: a code, or `timeout`
 *
 * @typedef {object} SendOptions
 * @property {string} [token]
 * @property {object} [body]
 * @property {number} [timeoutMs]
 */

export class HttpClient {
  #agent;
  #port;

  /** @param {number} port @param {number} [maxSockets] */
  constructor(port, maxSockets = 64) {
    this.#port = port;
    this.#agent = new Agent({ keepAlive: true, maxSockets, scheduling: 'lifo' });
  }

  /** @param {string} path @param {string} [token] @param {number} [timeoutMs] */
  get(path, token, timeoutMs) {
    return this.send('GET', path, { ...(token && { token }), ...(timeoutMs && { timeoutMs }) });
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {SendOptions} [options]
   * @returns {Promise<Answer>}
   */
  send(method, path, { token, body, timeoutMs = 10_000 } = {}) {
    const text = body && JSON.stringify(body);
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(text && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      }),
    };
    return new Promise((resolve) => {
      const options = { host: '127.0.0.1', port: this.#port, method, path, headers };
      const outgoing = request({ ...options, agent: this.#agent });
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        outgoing.destroy();
      }, timeoutMs);
      /** @param {Error & { code?: string }} error */
      const fail = (error) => {
        clearTimeout(timer);
        const failure = isLate ? 'timeout' : (error.code ?? error.message);
        resolve({ status: 0, body: null, token: null, failure });
      };
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => {
        let received = '';
        incoming.setEncoding('utf8').on('data', (chunk) => (received += chunk));
        incoming.on('error', fail);
        incoming.on('end', () => {
          clearTimeout(timer);
          const { statusCode: status = 0, headers: answered } = incoming;
          const slid = /^Bearer (.+)$/.exec(String(answered['authorization'] ?? ''))?.[1] ?? null;
          resolve({ status, body: parse(received), token: slid });
        });
      });
      outgoing.end(text);
    });
  }

  close() {
    this.#agent.destroy();
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
