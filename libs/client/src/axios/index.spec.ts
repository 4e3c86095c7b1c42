// axios round a client: what other interceptors and options of axios do to a request loses nothing.
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import axios, { type AxiosInstance, type CreateAxiosDefaults } from 'axios';
import { base } from '../testing/fake-server.js';
import { refused } from '../testing/refusals.js';
import { World } from '../testing/world.js';
import { attach } from './index.js';

let world: World;
beforeEach(() => {
  world = new World(jest);
});
afterEach(() => world.close());

/** An instance whose requests come to the fake server. */
const instance = (defaults: CreateAxiosDefaults = {}): AxiosInstance =>
  axios.create({
    baseURL: base,
    ...defaults,
    adapter: async (config) => {
      const url = axios.getUri(config);
      const headers = new Headers(config.headers.toJSON() as Record<string, string>);
      const response = await world.server.fetch(new Request(url, { headers }));
      const answer = {
        data: (await response.json()) as unknown,
        status: response.status,
        statusText: '',
        headers: new axios.AxiosHeaders(Object.fromEntries(response.headers)),
        config,
        request: { responseURL: url },
      };
      if (config.validateStatus?.(response.status) ?? true) return answer;
      throw new axios.AxiosError('refused', 'ERR_BAD_REQUEST', config, {}, answer);
    },
  });

it('keeps the newest token also when another interceptor copies the configuration', async () => {
  const { client } = await world.signedIn({ push: 'off' });
  const api = instance();
  // Added before, it runs after.
  api.interceptors.request.use((config) => ({ ...config }));
  attach(api, client);
  await world.time.pass(11_000);
  const before = client.authorize(base);
  const { config } = await api.get('/orders');
  expect(client.authorize(base)).not.toEqual(before);
  // C-02: in what is logged of a configuration the token is nowhere but in the header.
  expect(JSON.stringify({ ...config, headers: {} })).not.toContain('Bearer');
});

it.each([undefined, () => true])(
  'C-06 tries a refused older token once more, whatever axios calls an error: %s',
  async (validateStatus) => {
    const { client } = await world.signedIn({ push: 'off' });
    const api = instance(validateStatus && { validateStatus });
    attach(api, client);
    world.server.before = async () => {
      world.server.before = async () => undefined;
      await client.extend();
      return refused('token_expired');
    };
    await world.time.pass(3_000);
    expect((await api.get('/orders')).status).toBe(200);
    expect(world.server.count('GET /orders')).toBe(2);
  },
);

it('leaves alone what an interceptor before it has taken apart', async () => {
  const { client } = await world.signedIn({ push: 'off' });
  const api = instance();
  api.interceptors.response.use(({ data }) => data as never);
  attach(api, client);
  expect(await api.get('/orders')).toHaveProperty('user');
});
