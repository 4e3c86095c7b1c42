/** What the payload must say, each claim present and of its type. */
import { audience, issuer } from '../../support/tokens.js';
import {
  accepted,
  expired,
  invalid,
  now,
  rawJson,
  signedPayload,
  workshop,
  type Case,
  type Clause,
} from './bench.js';

const withClaims = (claims: Record<string, unknown>): string => workshop.token(claims);
const shown = (value: unknown): string => {
  const text = (JSON.stringify(value) as string | undefined) ?? 'left out';
  return text.length > 40 ? `${text.slice(0, 40)}… (${text.length} characters)` : text;
};
const claim = (name: string, values: readonly unknown[], outcome = invalid): readonly Case[] =>
  values.map((value) => [`${name} ${shown(value)}`, withClaims({ [name]: value }), outcome]);

/** The claim as this very JSON text: numbers that no JavaScript value writes. */
const written = (name: string, texts: readonly string[], outcome = invalid): readonly Case[] =>
  texts.map((text) => [
    `${name} written ${text}`,
    signedPayload(rawJson(workshop.claims({ [name]: undefined }), `"${name}":${text}`)),
    outcome,
  ]);

const noText = [undefined, null, 0, 1, true, ['user-1'], { $ne: null }, ''];
const noTime = [
  undefined,
  null,
  true,
  String(now),
  '',
  [now],
  { now },
  now + 0.5,
  -1,
  1e308,
  2 ** 53,
];
const noVersion = [undefined, null, true, '3', [3], { $gt: 0 }, 3.5, 0, -3, 1e308];
const noNumber = ['1e999', '-1e999', '1e-7', '9007199254740993'];
const times = ['iat', 'exp', 'auth_time', 'session_exp'];
const versions = ['ver', 'client_ver', 'issuer_ver'];
const texts = ['sub', 'client_id', 'sid', 'jti'];
const all = ['iss', 'aud', 'roles', ...texts, ...times, ...versions];
const whole = JSON.stringify(workshop.claims());

/** Bytes in place of the user's id, in a payload that is signed as it is. */
function withSubBytes(...bytes: readonly number[]): string {
  const [before = '', after = ''] = JSON.stringify(workshop.claims({ sub: '~' })).split('~');
  return signedPayload(
    Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]),
  );
}

export const claims: readonly Clause[] = [
  {
    clause: 'RFC 7519 §4.1.1, RFC 9068 §4: iss is the issuer, byte for byte',
    cases: [
      ...claim('iss', [
        ...noText,
        'https://evil.example',
        `${issuer}/`,
        issuer.toUpperCase(),
        'https://Login.example',
        'http://login.example',
        `${issuer}:443`,
        ` ${issuer}`,
        `${issuer} `,
        `${issuer}?x`,
        `${issuer}#`,
        `${issuer}.evil.example`,
        issuer.slice(0, -1),
        [issuer],
        { issuer },
      ]),
    ],
  },
  {
    clause: 'RFC 7519 §4.1.3, RFC 9068 §4: aud is a list that contains me',
    cases: [
      ...claim('aud', [[audience], [issuer, audience], [audience, audience]], accepted),
      ...claim('aud', [
        undefined,
        null,
        1,
        true,
        '',
        audience,
        {},
        { 0: audience, length: 1 },
        [],
        [1],
        [null],
        [''],
        [audience, 1],
        [audience, ''],
        [[audience]],
        [{ audience }],
        ['other'],
        [issuer],
        ['ORDERS'],
        ['orders '],
        [' orders'],
        ['orders,other'],
        ['order'],
        ['orders.evil.example'],
        Array.from({ length: 65 }, () => audience),
        'orders issuer',
      ]),
    ],
  },
  {
    clause:
      'RFC 7519 §4.1.2, RFC 8725 §3.10, ever-gauzy GHSA-44pv-34gx-q9p4: identifiers are texts',
    cases: texts.flatMap((name) =>
      claim(name, [...noText, 'x'.repeat(513), 'a\nb', 'a\0b', '\ud800']),
    ),
  },
  {
    clause: 'RFC 7519 §2 NumericDate: times are finite integers',
    cases: times.flatMap((name) => [...claim(name, noTime), ...written(name, noNumber)]),
  },
  {
    clause: 'RFC 7519 §4.1.4: exp is when it ends, not the second after',
    cases: [
      ...claim('exp', [now + 1], accepted),
      ...claim(
        'exp',
        [now, now - 1, now - 3600].map((exp) => exp),
        invalid,
      ),
      ['exp now', withClaims({ iat: now - 600, auth_time: now - 600, exp: now }), expired],
      [
        'exp a second ago',
        withClaims({ iat: now - 600, auth_time: now - 600, exp: now - 1 }),
        expired,
      ],
      ['exp in 1970', withClaims({ iat: 0, auth_time: 0, exp: 1 }), expired],
      ...written('exp', [`${now + 600}.0`, `${(now + 600) / 100}e2`], accepted),
    ],
  },
  {
    clause: 'RFC 7519 §4.1.6: iat is not in the future, by more than clocks differ',
    cases: [
      ['iat in 60 s', withClaims({ iat: now + 60, exp: now + 660 }), accepted],
      ['iat in 61 s', withClaims({ iat: now + 61, exp: now + 661 }), invalid],
      ['iat in an hour', withClaims({ iat: now + 3600, exp: now + 4200 }), invalid],
      [
        'iat in milliseconds',
        withClaims({ iat: now * 1000, exp: now * 1000 + 600, session_exp: now * 1001 }),
        invalid,
      ],
    ],
  },
  {
    clause: 'RFC 7519 §4.1.5: nbf binds, though we never write it',
    cases: [
      ...claim('nbf', [0, now - 1, now], accepted),
      ...claim('nbf', [now + 1, now + 3600, null, 'now', String(now), [now], now + 0.5, -1]),
      ...written('nbf', ['1e999']),
    ],
  },
  {
    clause: 'API "Tokens": versions are finite integers that only grow from 1',
    cases: versions.flatMap((name) => [...claim(name, noVersion), ...written(name, noNumber)]),
  },
  {
    clause: 'API "Tokens": auth_time ≤ iat < exp ≤ session_exp',
    cases: [
      ['auth_time after iat', withClaims({ auth_time: now + 1 }), invalid],
      ['exp at iat', withClaims({ exp: now }), invalid],
      ['exp before iat', withClaims({ iat: now + 30, exp: now + 20 }), invalid],
      ['exp a second past session_exp', withClaims({ session_exp: now + 599 }), invalid],
      ['exp at session_exp', withClaims({ session_exp: now + 600 }), accepted],
      ['auth_time long before', withClaims({ auth_time: now - 20_000 }), accepted],
    ],
  },
  {
    clause: 'RFC 9068 §2.2.3.1: roles are a list of texts',
    cases: [
      ...claim(
        'roles',
        [[], ['admin', 'clerk'], Array.from({ length: 64 }, (_, i) => `role-${i}`)],
        accepted,
      ),
      ...claim('roles', [
        undefined,
        null,
        'admin',
        1,
        true,
        {},
        { 0: 'admin', length: 1 },
        [1],
        [null],
        [['admin']],
        [''],
        ['admin', { role: 'root' }],
        ['a\r\nb'],
        Array.from({ length: 65 }, (_, i) => `role-${i}`),
      ]),
    ],
  },
  {
    clause: 'RFC 7519 §4: no claim twice, whatever the reader would make of it',
    cases: [
      ...all.map((name): Case => [
        `${name} twice`,
        signedPayload(rawJson(workshop.claims(), `"${name}":null`, true)),
        invalid,
      ]),
      ...all.map((name): Case => [
        `${name} twice, once escaped`,
        signedPayload(
          rawJson(
            workshop.claims(),
            `"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}":null`,
            true,
          ),
        ),
        invalid,
      ]),
      [
        'a claim twice in a nested object',
        signedPayload(rawJson(workshop.claims(), '"act":{"sub":"a","sub":"b"}')),
        invalid,
      ],
      [
        'the same name in two objects',
        signedPayload(rawJson(workshop.claims(), '"act":{"sub":"a"},"may_act":{"sub":"b"}')),
        accepted,
      ],
      ['the same text as a name and as a value', withClaims({ note: 'sub' }), accepted],
      ['a comma and a quote inside a value', withClaims({ note: '","sub":"user-2' }), accepted],
      ['a backslash at the end of a value', withClaims({ note: 'C:\\', tail: '\\"' }), accepted],
    ],
  },
  {
    clause: 'RFC 7519 §4: claims nobody knows are ignored',
    cases: [
      ...claim('email', ['a@b.example', null, { a: 1 }], accepted),
      ...claim('scope', ['admin'], accepted),
      ['__proto__ with every claim', signedPayload(`{"__proto__":${whole}}`), invalid],
      [
        '__proto__ beside the claims',
        signedPayload(rawJson(workshop.claims(), '"__proto__":{"roles":["admin"]}')),
        accepted,
      ],
      [
        'constructor.prototype beside the claims',
        signedPayload(rawJson(workshop.claims(), '"constructor":{"prototype":{"admin":true}}')),
        accepted,
      ],
      [
        'a claim 1,000 arrays deep',
        signedPayload(rawJson(workshop.claims(), `"deep":${'['.repeat(1000)}${']'.repeat(1000)}`)),
        accepted,
      ],
      [
        'a claim 500 objects deep',
        signedPayload(
          rawJson(workshop.claims(), `"deep":${'{"":'.repeat(300)}1${'}'.repeat(300)}`),
        ),
        accepted,
      ],
      [
        'a claim 200,000 arrays deep',
        'x'.repeat(0) + signedPayload(`{"deep":${'['.repeat(5000)}`),
        invalid,
      ],
    ],
  },
  {
    clause: 'RFC 7519 §7.2, RFC 8725 §3.7: the payload is one JSON object in UTF-8',
    cases: [
      ['white space round it', signedPayload(`\n ${whole}\t`), accepted],
      [
        'letters beyond ASCII',
        withClaims({ roles: ['\u00e4rztin', '\u533b\u751f', '\u{1f468}'] }),
        accepted,
      ],
      ['a byte order mark', signedPayload(`\ufeff${whole}`), invalid],
      ['UTF-16', signedPayload(Buffer.from(whole, 'utf16le')), invalid],
      ['a byte that is no UTF-8', withSubBytes(0xff), invalid],
      ['a lone continuation byte', withSubBytes(0x80), invalid],
      ['a cut sequence', withSubBytes(0xe2, 0x82), invalid],
      ['an overlong letter', withSubBytes(0xc1, 0xa1), invalid],
      ['a surrogate in UTF-8', withSubBytes(0xed, 0xa0, 0x80), invalid],
      [
        'Latin-1',
        signedPayload(Buffer.from(whole.replace('user-1', 'us\u00e9r'), 'latin1')),
        invalid,
      ],
      ['an array of it', signedPayload(`[${whole}]`), invalid],
      ['a string of it', signedPayload(JSON.stringify(whole)), invalid],
      ['two objects', signedPayload(whole + whole), invalid],
      ['a trailing comma', signedPayload(whole.replace(/}$/, ',}')), invalid],
      ['a NaN', signedPayload(whole.replace(/"iat":\d+/, '"iat":NaN')), invalid],
      ['an Infinity', signedPayload(whole.replace(/"exp":\d+/, '"exp":Infinity')), invalid],
      ['an empty object', signedPayload('{}'), invalid],
      ...['null', '1', 'true', '"x"', '[]', ' ', 'x'].map((raw): Case => [
        `the text ${JSON.stringify(raw)}`,
        signedPayload(raw),
        invalid,
      ]),
    ],
  },
];
