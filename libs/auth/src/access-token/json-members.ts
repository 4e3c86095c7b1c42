/**
 * Whether a JSON text names a member twice in one object. Parsers disagree on which one counts (all
 * JavaScript ones take the last), so a token or body that does can mean two things to two readers.
 * The text must be valid JSON: call after `JSON.parse`.
 */
export function hasDuplicateMember(json: string): boolean {
  const objects: (Set<string> | null)[] = []; // one entry per open bracket; null for an array
  let expectsName = false;
  for (let i = 0; i < json.length; i++) {
    switch (json[i]) {
      case '{':
        objects.push(new Set());
        expectsName = true;
        break;
      case '[':
        objects.push(null);
        expectsName = false;
        break;
      case '}':
      case ']':
        objects.pop();
        expectsName = false;
        break;
      case ',':
        expectsName = objects.at(-1) instanceof Set;
        break;
      case '"': {
        const end = endOfString(json, i);
        if (expectsName) {
          // "\u0061lg" and "alg" are the same name, so names compare as parsed.
          const name = JSON.parse(json.slice(i, end + 1)) as string;
          const names = objects.at(-1);
          if (names?.has(name)) return true;
          names?.add(name);
          expectsName = false;
        }
        i = end;
        break;
      }
    }
  }
  return false;
}

function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (i < json.length && json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
  return i;
}
