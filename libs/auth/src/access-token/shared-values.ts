import { Generations } from '../generations.js';
import { named, type NamedVersion } from '../revocation/subject.js';
import type { AccessTokenClaims } from './claims.js';

/** What tokens of different users name alike: application, everybody and key. */
export type CommonSubjects = readonly [
  client: NamedVersion,
  issuer: NamedVersion,
  key: NamedVersion,
];

/** Of each kind. Roles and applications are not that many. */
const maxValues = 1_000;

/**
 * What the tokens of different users have in common (application, key, roles) is kept
 * once, and not once for each of them.
 */
export class SharedValues {
  private readonly knownTexts = new Generations<string, string>(maxValues);
  private readonly knownLists = new Generations<string, readonly string[]>(maxValues);
  private readonly knownSubjects = new Generations<string, CommonSubjects>(maxValues);

  text(text: string): string {
    return this.knownTexts.get(text) ?? keep(this.knownTexts, text, text);
  }

  list(list: readonly string[]): readonly string[] {
    const key = JSON.stringify(list);
    const known = this.knownLists.get(key);
    if (known !== undefined) return known;
    return keep(this.knownLists, key, Object.freeze(list.map((one) => this.text(one))));
  }

  subjects(claims: AccessTokenClaims, kid: string): CommonSubjects {
    const { client_id, client_ver, issuer_ver } = claims;
    const key = JSON.stringify([client_id, client_ver, issuer_ver, kid]);
    const known = this.knownSubjects.get(key);
    if (known !== undefined) return known;
    return keep(this.knownSubjects, key, [
      [named('c', client_id), client_ver],
      ['i', issuer_ver],
      [named('k', kid), 1],
    ]);
  }
}

function keep<Value>(values: Generations<string, Value>, key: string, value: Value): Value {
  values.set(key, value);
  return value;
}
