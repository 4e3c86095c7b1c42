// axios: its requests get the token, and what comes back is looked at, as with `client.fetch`.
import type {
  AxiosError,
  AxiosHeaders,
  AxiosInstance,
  AxiosResponse,
  InternalAxiosRequestConfig,
} from 'axios';
import type { Activity } from '../session.js';
import type { SessionClient } from '../session-client.js';

/** What axios takes beside its own options: `instance.get(url, { activity: 'passive' })`. */
declare module 'axios' {
  interface AxiosRequestConfig {
    activity?: Activity;
    /** Set by `attach`: a second answer that refuses the token is final. */
    isSecondTry?: boolean;
  }
}

/**
 * What was sent with it. Another interceptor may hand on a copy of the configuration, which has it too;
 * nothing that writes a configuration down knows of it.
 */
const sentWith = Symbol('sent');
type Observed = InternalAxiosRequestConfig & { [sentWith]?: Readonly<Record<string, string>> };

/** @returns what takes it off again. */
export function attach(instance: AxiosInstance, client: SessionClient): () => void {
  const { request, response } = instance.interceptors;
  const onRequest = request.use(async (config: Observed) => {
    await client.ready;
    // Whoever sets a header himself means it.
    if (config.headers.has('Authorization')) return config;
    const headers = client.authorize(instance.getUri(config), config.activity);
    for (const [name, value] of Object.entries(headers)) config.headers.set(name, value, false);
    config[sentWith] = headers;
    return config;
  });
  /** @returns what a second try came to, or null when there is none. */
  const tryAgain = async (
    config: Observed | undefined,
    answer: AxiosResponse<unknown> | undefined,
  ): Promise<AxiosResponse<unknown> | null> => {
    if (!config) return null;
    const outcome = await observe(client, instance.getUri(config), config, answer);
    const isFinal = config.isSecondTry ?? config.data instanceof ReadableStream;
    if (outcome !== 'retry' || isFinal) return null;
    const headers = config.headers.concat();
    headers.delete('Authorization');
    headers.delete('Session-Activity');
    return instance.request({ ...config, headers, isSecondTry: true });
  };
  const onResponse = response.use(
    // `validateStatus` may let a 401 pass.
    async (answer) => (await tryAgain(answer.config, answer)) ?? answer,
    async (error: AxiosError) => {
      const answer = await tryAgain(error.config, error.response);
      if (!answer) throw error;
      return answer;
    },
  );
  return () => {
    request.eject(onRequest);
    response.eject(onResponse);
  };
}

function observe(
  client: SessionClient,
  url: string,
  config: Observed,
  answer: AxiosResponse<unknown> | undefined,
): Promise<'ok' | 'retry' | 'ended'> {
  // After a redirect it may be somebody else's answer.
  const { responseURL } = (answer?.request ?? {}) as { responseURL?: string };
  return client.observe(
    {
      url: responseURL ?? url,
      // No answer at all: nothing is under way any more.
      status: answer?.status ?? 0,
      header: (name) => headerOf(answer, name),
      code: codeIn(answer),
    },
    config[sentWith] ?? {},
  );
}

function headerOf(answer: AxiosResponse<unknown> | undefined, name: string): string | null {
  const value: unknown = (answer?.headers as AxiosHeaders | undefined)?.get(name);
  return typeof value === 'string' ? value : null;
}

function codeIn(answer: AxiosResponse<unknown> | undefined): string | undefined {
  if (!headerOf(answer, 'Content-Type')?.includes('problem+json')) return undefined;
  const code = (answer?.data as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
