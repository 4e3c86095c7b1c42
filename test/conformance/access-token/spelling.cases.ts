/** Good tokens written in another way: each is a second key to a cache, a deny list or a log. */
import {
  join,
  signatureOf,
  signatureSpellings,
  split,
  toDer,
  trailingBitsOf,
  withOtherS,
  withSignature,
} from '../../support/token-spellings.js';
import { encode } from '../../support/tokens.js';
import {
  accepted,
  good,
  invalid,
  notHttp,
  workshop,
  type Case,
  type Clause,
  type Outcome,
} from './bench.js';

const parts = split(good);
const segments = ['header', 'payload', 'signature'] as const;

/** A good token in whose signature both characters occur that standard base64 writes otherwise. */
function tokenWithBothSpecials(): string {
  for (;;) {
    const token = workshop.token();
    const { signature } = split(token);
    if (signature.includes('-') && signature.includes('_')) return token;
  }
}

const specials = tokenWithBothSpecials();
const standard = split(specials).signature.replaceAll('-', '+').replaceAll('_', '/');

const middle = (segment: string, inserted: string): string =>
  segment.slice(0, 20) + inserted + segment.slice(20);

/** White space at the end of a header's line is HTTP's and no part of its value (RFC 9110 §5.5). */
const atTheEnd = (name: string, text: string, outcome: Outcome): Outcome =>
  name === 'signature' && /^[ \t]$/.test(text) ? accepted : outcome;

/** The same insertion at the end of, and inside, each segment. */
const inserted = (what: string, text: string, outcome = invalid): readonly Case[] =>
  segments.flatMap((name) => [
    [
      `${what} at the end of the ${name}`,
      join({ ...parts, [name]: parts[name] + text }),
      atTheEnd(name, text, outcome),
    ],
    [`${what} inside the ${name}`, join({ ...parts, [name]: middle(parts[name], text) }), outcome],
  ]);

/** Signed as it is written, so that nothing but the spelling is wrong. */
const nonCanonical = (what: string, header: string, payload: string): readonly Case[] =>
  trailingBitsOf(what === 'header' ? header : payload).map((segment, i) => {
    const token =
      what === 'header'
        ? workshop.signSegments(segment, payload)
        : workshop.signSegments(header, segment);
    return [`unused bits ${i} at the end of the ${what}`, token, i === 0 ? accepted : invalid];
  });

/** White space before the JSON makes the last character carry two data bits and four unused ones. */
function withUnusedBits(text: string): string {
  const segment = [0, 1, 2].map((spaces) => encode(' '.repeat(spaces) + text));
  return segment.find((one) => one.length % 4 === 2) ?? '';
}

const header = encode(workshop.header());
const payload = encode(workshop.claims());
const der = toDer(signatureOf(good));

export const spelling: readonly Clause[] = [
  {
    clause: 'One spelling: of the 32 signatures that libraries accept, one is',
    cases: signatureSpellings(good).map((token, i) => [
      `s ${i < 16 ? 'low' : 'high'}, unused bits ${i % 16}`,
      token,
      i === 0 ? accepted : invalid,
    ]),
  },
  {
    clause: 'One spelling: header and payload re-encode to themselves (RFC 7515 §2)',
    cases: [
      ...nonCanonical('header', withUnusedBits(JSON.stringify(workshop.header())), payload),
      ...nonCanonical('payload', header, withUnusedBits(JSON.stringify(workshop.claims()))),
    ],
  },
  {
    clause: 'RFC 7515 §2, RFC 8725bis: letters, digits, "-", "_" and two dots, nothing else',
    cases: [
      ['standard base64 in the signature', withSignature(specials, standard), invalid],
      ['only "+" for "-"', withSignature(specials, standard.replaceAll('/', '_')), invalid],
      ['only "/" for "_"', withSignature(specials, standard.replaceAll('+', '-')), invalid],
      ...inserted('"="', '='),
      ...inserted('"=="', '=='),
      ...inserted('a space', ' '),
      ...inserted('a tab', '\t'),
      ...inserted('a dot', '.'),
      ...inserted('"!"', '!'),
      ...inserted('"%"', '%41'),
      ...inserted('a non-breaking space', '\u00a0'),
      ...inserted('a zero-width space', '\u200b'),
      ...inserted('a NUL', '\0', notHttp),
      ...inserted('a newline', '\n', notHttp),
      ...inserted('a carriage return', '\r', notHttp),
      ['the dots percent-encoded', good.replaceAll('.', '%2E'), invalid],
      ['full-width dots', good.replaceAll('.', '\uff0e'), invalid],
      ['a full-width letter', good.replace('e', '\uff45'), invalid],
      ['in double quotes', `"${good}"`, invalid],
      ['in angle brackets', `<${good}>`, invalid],
      ['with a comma after it', `${good},`, invalid],
      ['with a semicolon after it', `${good};`, invalid],
      ['with a fragment', `${good}#x`, invalid],
      ['all in capitals', good.toUpperCase(), invalid],
      ['all in small letters', good.toLowerCase(), invalid],
      ['in hexadecimal', Buffer.from(good).toString('hex'), invalid],
      ['in base64url once more', Buffer.from(good).toString('base64url'), invalid],
    ],
  },
  {
    clause: 'RFC 7515 §3.1: three segments',
    cases: [
      ['a dot before', `.${good}`, invalid],
      ['a dot after', `${good}.`, invalid],
      [
        'a dot too many in the middle',
        `${parts.header}..${parts.payload}.${parts.signature}`,
        invalid,
      ],
      ['four segments', `${good}.AAAA`, invalid],
      ['two segments', `${parts.header}.${parts.payload}`, invalid],
      ['one segment', parts.header, invalid],
      ['only dots', '..', invalid],
      ['no header', `.${parts.payload}.${parts.signature}`, invalid],
      ['no payload', `${parts.header}..${parts.signature}`, invalid],
      ['a rightly signed empty payload', workshop.signSegments(header, ''), invalid],
      ['no signature', `${parts.header}.${parts.payload}.`, invalid],
      [
        'the segments in another order',
        `${parts.payload}.${parts.header}.${parts.signature}`,
        invalid,
      ],
      ['the token twice', `${good}.${good}`, invalid],
      ['the token twice without a dot', good + good, invalid],
    ],
  },
  {
    clause: 'ZITADEL CVE-2026-27840: a truncated token is none',
    cases: [1, 2, 3, 4, 22, 43, 44, 85, 86, 87].map((cut) => [
      `without its last ${cut} characters`,
      good.slice(0, -cut),
      invalid,
    ]),
  },
  {
    clause: 'RFC 7518 §3.4: the signature is r and s in 64 bytes',
    cases: [
      ['63 bytes', withSignature(good, signatureOf(good).subarray(0, 63)), invalid],
      [
        '65 bytes, one zero after',
        withSignature(good, Buffer.concat([signatureOf(good), Buffer.alloc(1)])),
        invalid,
      ],
      [
        '65 bytes, one zero before',
        withSignature(good, Buffer.concat([Buffer.alloc(1), signatureOf(good)])),
        invalid,
      ],
      [
        '128 bytes, the signature twice',
        withSignature(good, Buffer.concat([signatureOf(good), signatureOf(good)])),
        invalid,
      ],
      ['in DER', withSignature(good, der), invalid],
      ['in DER, cut to 64 bytes', withSignature(good, der.subarray(0, 64)), invalid],
      ['in DER without its own head', withSignature(good, der.subarray(der.length - 64)), invalid],
      ['the other s, in DER', withSignature(good, toDer(signatureOf(withOtherS(good)))), invalid],
      ['in hexadecimal', withSignature(good, signatureOf(good).toString('hex')), invalid],
    ],
  },
  {
    clause: 'One spelling: at most 4 KiB',
    cases: [
      ['4,095 bytes', workshop.tokenOfLength(4095), accepted],
      ['4,096 bytes', workshop.tokenOfLength(4096), accepted],
      ['4,097 bytes', workshop.tokenOfLength(4097), invalid],
      ['12,000 bytes', workshop.tokenOfLength(12_000), invalid],
    ],
  },
];
