// .env.example and what the server reads are one list, with the same defaults and no secret.
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parseEnvironment } from '../../src/config/parse-environment.js';
import { readVariables } from './read-variables.js';
import { root } from './source-file.js';

const text = readFileSync(`${root}.env.example`, 'utf8');
const shown = new Map(
  [...text.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
);

/** The variables in the order of the settings: the field `issuerUrl` is ISSUER_URL. */
function namesOfSettings(): readonly string[] {
  const { defaultPolicy, ...fields } = parseEnvironment({});
  return Object.keys(parseEnvironment({}))
    .flatMap((field) => (field in fields ? [field] : Object.keys(defaultPolicy)))
    .map((field) => (field === 'production' ? 'NODE_ENV' : toVariable(field)))
    .filter((name) => readVariables().has(name));
}

const toVariable = (field: string): string =>
  field
    .replace(/Seconds$/, '')
    .replace(/[A-Z]/g, '_$&')
    .toUpperCase();

describe('.env.example', () => {
  it('names every variable that the server reads, and no other', () => {
    expect([...shown.keys()].sort()).toEqual([...readVariables()].sort());
  });

  it('names them in the order of the settings', () => {
    expect([...shown.keys()]).toEqual(namesOfSettings());
  });

  it('shows the defaults that hold', () => {
    // Whether a policy was given at all is the one thing that giving the defaults changes.
    const { isPolicySet, ...defaults } = parseEnvironment({});
    expect(isPolicySet).toBe(false);
    expect(parseEnvironment(Object.fromEntries(shown))).toEqual({ ...defaults, isPolicySet: true });
  });

  it('shows no value where there is none, least of all a secret', () => {
    const empty = [...shown].filter(([, value]) => value === '').map(([name]) => name);
    const none = ['ISSUER_URL', 'MONGODB_URI', 'REDIS_URL', 'KEYS_SECRET', 'ADMIN_PASSWORD'];
    expect(empty).toEqual(none);
  });

  it('sets nothing when copied', () => {
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});
