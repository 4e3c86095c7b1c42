import { parseEnvironment } from '../../src/config/parse-environment.js';

/** Every variable that the server asks the environment for. */
export function readVariables(): ReadonlySet<string> {
  const read = new Set<string>();
  const env = new Proxy<Record<string, string>>(
    {},
    {
      get: (_env, name) => {
        read.add(String(name));
        return undefined;
      },
    },
  );
  parseEnvironment(env);
  return read;
}
