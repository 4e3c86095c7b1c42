import { Generations } from '../generations.js';
import type { NamedVersion } from '../revocation/subject.js';

/** Of each kind. Roles and applications are not that many. */
const maxValues = 1_000;

/**
 * What the tokens of different users have in common (issuer, audience, application, key, roles) is kept
 * once, and not once for each of them.
 */
export class SharedValues {
  private readonly knownTexts = new Generations<string, string>(maxValues);
  private readonly knownLists = new Generations<string, readonly string[]>(maxValues);
  private readonly knownNames = new Generations<string, NamedVersion>(maxValues);

  text(text: string): string {
    return this.knownTexts.get(text) ?? keep(this.knownTexts, text, text);
  }

  list(list: readonly string[]): readonly string[] {
    const key = JSON.stringify(list);
    const known = this.knownLists.get(key);
    if (known !== undefined) return known;
    return keep(this.knownLists, key, Object.freeze(list.map((one) => this.text(one))));
  }

  named(named: NamedVersion): NamedVersion {
    const key = `${named[0]} ${named[1]}`;
    return this.knownNames.get(key) ?? keep(this.knownNames, key, named);
  }
}

function keep<Value>(values: Generations<string, Value>, key: string, value: Value): Value {
  values.set(key, value);
  return value;
}
