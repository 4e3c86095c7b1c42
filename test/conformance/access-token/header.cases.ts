/** The JOSE header: `alg`, `typ` and `kid`, each once, and nothing else. */
import { split } from '../../support/token-spellings.js';
import { encode } from '../../support/tokens.js';
import {
  accepted,
  good,
  invalid,
  longKid,
  rawJson,
  signedHeader,
  workshop,
  type Case,
  type Clause,
} from './bench.js';

const header = workshop.header();
const text = JSON.stringify(header);
const withHeader = (members: Record<string, unknown>): string => workshop.token({}, members);
const shown = (value: unknown): string =>
  value === undefined ? 'left out' : JSON.stringify(value);

const kids: readonly unknown[] = [
  undefined,
  null,
  0,
  1,
  true,
  ['key-1'],
  { 'key-1': 1 },
  '',
  ' key-1',
  'key-1 ',
  'KEY-1',
  'key-1\0',
  'key-1\n',
  'key-1.pem',
  '__proto__',
  'constructor',
  'toString',
  '../../../../dev/null',
  '..%2f..%2fkey-1',
  '/key-1',
  "key-1' OR '1'='1",
  '{"$ne":null}',
  '$(id)',
  'https://evil.example/key-1',
  'k\u00e9y-1',
  longKid,
  `${longKid}k`,
];

export const joseHeader: readonly Clause[] = [
  {
    clause: 'RFC 9068 §2.1, RFC 8725 §3.11: typ is at+jwt',
    cases: [
      ...[
        'JWT',
        'jwt',
        'AT+JWT',
        'at+JWT',
        'At+jwt',
        'application/at+jwt',
        'at+jwt ',
        ' at+jwt',
        'at+jwt;v=1',
        'at',
        'id_token+jwt',
        'logout+jwt',
        'dpop+jwt',
        'JOSE',
        '',
      ].map((typ): Case => [`typ ${shown(typ)}`, withHeader({ typ }), invalid]),
      ...[undefined, null, 1, ['at+jwt'], { 'at+jwt': 1 }].map((typ): Case => [
        `typ ${shown(typ)}`,
        withHeader({ typ }),
        invalid,
      ]),
    ],
  },
  {
    clause:
      'RFC 7515 §4.1.4, CVE-2026-44351: kid is one of our names, and an unknown one has no key',
    cases: kids.map((kid) => [`kid ${shown(kid)}`, withHeader({ kid }), invalid]),
  },
  {
    clause: 'RFC 7515 §4.1.11, CVE-2026-35042: no extension is understood',
    cases: [
      ['crit that is empty', withHeader({ crit: [] }), invalid],
      ['crit ["exp"]', withHeader({ crit: ['exp'], exp: 1 }), invalid],
      ['crit ["alg"]', withHeader({ crit: ['alg'] }), invalid],
      ['crit that is no array', withHeader({ crit: 'exp' }), invalid],
      ['crit with b64 true (RFC 7797)', withHeader({ crit: ['b64'], b64: true }), invalid],
      ['crit with b64 false', withHeader({ crit: ['b64'], b64: false }), invalid],
      ['b64 false without crit', withHeader({ b64: false }), invalid],
      ['zip DEF', withHeader({ zip: 'DEF' }), invalid],
      ['cty JWT', withHeader({ cty: 'JWT' }), invalid],
      ['enc', withHeader({ enc: 'A128GCM' }), invalid],
      ['p2c of a billion', withHeader({ p2c: 1_000_000_000 }), invalid],
      ['nonce', withHeader({ nonce: 'x' }), invalid],
      ["iss beside the payload's", withHeader({ iss: 'https://login.example' }), invalid],
      ['a member nobody knows', withHeader({ x: 1 }), invalid],
      ['a member whose name is empty', withHeader({ '': 1 }), invalid],
    ],
  },
  {
    clause: 'RFC 7515 §4: no member twice, whatever the reader would make of it',
    cases: [
      ['alg none before ES256', signedHeader(rawJson(header, '"alg":"none"', true)), invalid],
      ['alg none after ES256', signedHeader(rawJson(header, '"alg":"none"')), invalid],
      ['alg twice the same', signedHeader(rawJson(header, '"alg":"ES256"')), invalid],
      ['kid twice', signedHeader(rawJson(header, '"kid":"attacker"', true)), invalid],
      ['typ twice', signedHeader(rawJson(header, '"typ":"JWT"', true)), invalid],
      [
        'alg escaped as \\u0061lg',
        signedHeader(rawJson(header, '"\\u0061lg":"none"', true)),
        invalid,
      ],
      ['alg escaped, after', signedHeader(rawJson(header, '"al\\u0067":"ES256"')), invalid],
      [
        '__proto__ with the alg in it',
        signedHeader('{"__proto__":{"alg":"ES256"},"typ":"at+jwt","kid":"key-1"}'),
        invalid,
      ],
      [
        '__proto__ beside the three',
        signedHeader(rawJson(header, '"__proto__":{"crit":[]}')),
        invalid,
      ],
    ],
  },
  {
    clause: 'RFC 7515 §4, RFC 8259 §8.1: the header is one JSON object in UTF-8',
    cases: [
      [
        'members in another order',
        signedHeader('{"kid":"key-1","typ":"at+jwt","alg":"ES256"}'),
        accepted,
      ],
      [
        'white space between members',
        signedHeader('{ "alg":"ES256",\r\n\t"typ":"at+jwt", "kid":"key-1" }'),
        accepted,
      ],
      [
        'names and values escaped',
        signedHeader('{"\\u0061lg":"\\u0045S256","typ":"at\\u002bjwt","kid":"key-1"}'),
        accepted,
      ],
      ['alg Alg', signedHeader('{"Alg":"ES256","typ":"at+jwt","kid":"key-1"}'), invalid],
      ['a byte order mark before it', signedHeader(`\ufeff${text}`), invalid],
      ['a byte order mark after it', signedHeader(`${text}\ufeff`), invalid],
      ['UTF-16', signedHeader(Buffer.from(text, 'utf16le')), invalid],
      [
        'an overlong quotation mark',
        signedHeader(
          Buffer.concat([
            Buffer.from(text.slice(0, -2)),
            Buffer.from([0xc0, 0xa2]),
            Buffer.from('}'),
          ]),
        ),
        invalid,
      ],
      [
        'a byte that is no UTF-8',
        signedHeader(
          Buffer.concat([Buffer.from(text.slice(0, -2)), Buffer.from([0xff]), Buffer.from('"}')]),
        ),
        invalid,
      ],
      ['a comment', signedHeader(`/**/${text}`), invalid],
      ['a trailing comma', signedHeader(text.replace('}', ',}')), invalid],
      ['single quotes', signedHeader(text.replaceAll('"', "'")), invalid],
      ['two objects', signedHeader(text + text), invalid],
      ['an object nested in another', signedHeader(`{"header":${text}}`), invalid],
      ['an array round it', signedHeader(`[${text}]`), invalid],
      ['a string of it', signedHeader(JSON.stringify(text)), invalid],
      ['an empty object', signedHeader('{}'), invalid],
      ...['null', '1', 'true', '"ES256"', '[]', '', ' ', 'ES256'].map((raw): Case => [
        `the text ${JSON.stringify(raw)}`,
        signedHeader(raw),
        invalid,
      ]),
      [
        'base64url of base64url',
        `${encode(split(good).header)}.${split(good).payload}.${split(good).signature}`,
        invalid,
      ],
      [
        '3,000 brackets deep',
        signedHeader(`{"alg":${'['.repeat(1000)}${']'.repeat(1000)}}`),
        invalid,
      ],
    ],
  },
];
