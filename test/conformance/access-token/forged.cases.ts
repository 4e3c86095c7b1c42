/** Tokens that somebody else made. */
import { createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto';
import {
  order,
  signatureOf,
  split,
  toIntegers,
  toSignature,
  withSignature,
} from '../../support/token-spellings.js';
import { createKey, encode } from '../../support/tokens.js';
import {
  accepted,
  ed25519Key,
  good,
  invalid,
  p384Key,
  rsaKey,
  secondKey,
  workshop,
  type Case,
  type Clause,
} from './bench.js';

const attacker = createKey('key-1');
const attackerJwk = attacker.publicKey.export({ format: 'jwk' });
const { publicKey } = workshop.key;
const { r, s } = toIntegers(signatureOf(good));

const byAttacker = (header: object): string =>
  workshop.sign(workshop.header({ ...header }), workshop.claims(), attacker.privateKey);

/** CVE-2016-10555: the public key is no secret, so nobody may use it as one. */
function withSecret(secret: string | Buffer, alg: string): string {
  const input = `${encode(workshop.header({ alg }))}.${encode(workshop.claims())}`;
  const mac = createHmac('sha256', secret).update(input).digest();
  // Twice the MAC, so that it is as long as a signature and not refused for its length.
  return `${input}.${Buffer.concat([mac, mac]).toString('base64url')}`;
}

const publicKeySpellings: readonly (readonly [string, string | Buffer])[] = [
  ['as PEM', publicKey.export({ type: 'spki', format: 'pem' })],
  [
    'as PEM without its last newline',
    String(publicKey.export({ type: 'spki', format: 'pem' })).trim(),
  ],
  ['as DER', publicKey.export({ type: 'spki', format: 'der' })],
  ['as JWK', JSON.stringify(publicKey.export({ format: 'jwk' }))],
  ['as nothing', ''],
];

const macs: readonly Case[] = publicKeySpellings.flatMap(([name, secret]) => [
  [`HS256 with the public key ${name}`, withSecret(secret, 'HS256'), invalid],
  [`the same MAC under the name ES256, key ${name}`, withSecret(secret, 'ES256'), invalid],
]);

const payload = encode(workshop.claims());
const unsigned = (alg: string): string => `${encode(workshop.header({ alg }))}.${payload}`;

/** Signed with a key of the set that is not for ES256, under that key's own name. */
const otherKinds: readonly Case[] = [
  [
    'ES256 by an RSA key of the set',
    sign('sha256', Buffer.from('x'), rsaKey.privateKey),
    rsaKey.kid,
  ],
  [
    'ES256 by a P-384 key of the set',
    sign('sha256', Buffer.from('x'), { key: p384Key.privateKey, dsaEncoding: 'ieee-p1363' }),
    p384Key.kid,
  ],
  [
    'ES256 by an Ed25519 key of the set',
    sign(null, Buffer.from('x'), ed25519Key.privateKey),
    'ed25519',
  ],
].flatMap(([name, signature, kid]): readonly Case[] => {
  const token = workshop.token({}, { kid });
  return [
    [String(name), withSignature(token, signature as Buffer), invalid],
    [
      `${String(name)}, cut to 64 bytes`,
      withSignature(token, (signature as Buffer).subarray(0, 64)),
      invalid,
    ],
    [`our signature under the name ${String(kid)}`, token, invalid],
  ];
});

const sha512 = createSign('sha512').update(`${split(good).header}.${split(good).payload}`);

export const forged: readonly Clause[] = [
  {
    clause: 'RFC 7515 §5.2: the signature is that of the key that kid names',
    cases: [
      ['a good token', good, accepted],
      ['by another key under our kid', byAttacker({}), invalid],
      [
        'by our other key under the kid of the first',
        workshop.sign(workshop.header(), workshop.claims(), secondKey.privateKey),
        invalid,
      ],
      [
        'by our first key under the kid of the other',
        workshop.token({}, { kid: secondKey.kid }),
        invalid,
      ],
      [
        'by our other key under its own kid',
        workshop.sign(
          workshop.header({ kid: secondKey.kid }),
          workshop.claims(),
          secondKey.privateKey,
        ),
        accepted,
      ],
      ['by another key under its own, unknown kid', byAttacker({ kid: 'attacker' }), invalid],
      ['of another token of ours', withSignature(good, signatureOf(workshop.token())), invalid],
      [
        'over another payload',
        `${split(good).header}.${encode(workshop.claims({ roles: ['admin'] }))}.${split(good).signature}`,
        invalid,
      ],
      [
        'over another header',
        `${encode(` ${JSON.stringify(workshop.header())}`)}.${split(good).payload}.${split(good).signature}`,
        invalid,
      ],
      [
        'with SHA-512',
        withSignature(
          good,
          sha512.sign({ key: workshop.key.privateKey, dsaEncoding: 'ieee-p1363' }),
        ),
        invalid,
      ],
      ...otherKinds,
    ],
  },
  {
    clause: "RFC 8725 §3.1, §3.2: the algorithm is ours, never the token's",
    cases: [
      ...['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg): readonly Case[] => [
        [`alg ${JSON.stringify(alg)} with no signature`, `${unsigned(alg)}.`, invalid],
        [
          `alg ${JSON.stringify(alg)} with zeros for a signature`,
          `${unsigned(alg)}.${'A'.repeat(86)}`,
          invalid,
        ],
        [`alg ${JSON.stringify(alg)}, rightly signed`, workshop.token({}, { alg }), invalid],
      ]),
      ...macs,
      ...[
        'es256',
        'Es256',
        'ES256 ',
        ' ES256',
        'ES256K',
        'ES384',
        'ES512',
        'RS256',
        'PS256',
        'EdDSA',
        'Ed25519',
        'HS256',
        'HS512',
        'dir',
        'A128KW',
      ].map((alg): Case => [
        `alg ${JSON.stringify(alg)}, rightly signed`,
        workshop.token({}, { alg }),
        invalid,
      ]),
      ...[undefined, null, 256, true, ['ES256'], { ES256: 1 }].map((alg): Case => [
        `alg ${(JSON.stringify(alg) as string | undefined) ?? 'left out'}`,
        workshop.token({}, { alg }),
        invalid,
      ]),
    ],
  },
  {
    clause: 'RFC 8725 §3.10, CVE-2018-0114: no key comes from the token',
    cases: [
      ["jwk: the attacker's, signed by it", byAttacker({ jwk: attackerJwk }), invalid],
      ['jwk in place of kid', byAttacker({ jwk: attackerJwk, kid: undefined }), invalid],
      [
        "jku: the attacker's server",
        byAttacker({ jku: 'https://evil.example/jwks.json' }),
        invalid,
      ],
      ["x5u: the attacker's server", byAttacker({ x5u: 'https://evil.example/cert.pem' }), invalid],
      ["x5c: the attacker's certificate", byAttacker({ x5c: ['MIIB'] }), invalid],
      ...[
        ['jwk', publicKey.export({ format: 'jwk' })],
        ['jku', 'https://login.example/.well-known/jwks.json'],
        ['x5u', 'https://login.example/cert.pem'],
        ['x5c', ['MIIB']],
        ['x5t', 'abc'],
        ['x5t#S256', 'abc'],
      ].map(([name, value]): Case => [
        `${name as string}, rightly signed`,
        workshop.token({}, { [name as string]: value }),
        invalid,
      ]),
    ],
  },
  {
    clause: 'RFC 7518 §3.4, CVE-2022-21449: r and s are from 1 to n - 1',
    cases: [
      ['r = 0 and s = 0', withSignature(good, toSignature(0n, 0n)), invalid],
      ['r = 0', withSignature(good, toSignature(0n, s)), invalid],
      ['s = 0', withSignature(good, toSignature(r, 0n)), invalid],
      ['r = n', withSignature(good, toSignature(order, s)), invalid],
      ['s = n', withSignature(good, toSignature(r, order)), invalid],
      ['r = n and s = 0', withSignature(good, toSignature(order, 0n)), invalid],
      ['r = 1 and s = 1', withSignature(good, toSignature(1n, 1n)), invalid],
      ['r and s the largest there are', withSignature(good, Buffer.alloc(64, 255)), invalid],
      ['r and s exchanged', withSignature(good, toSignature(s, r)), invalid],
      ['r = n - r', withSignature(good, toSignature(order - r, s)), invalid],
    ],
  },
  {
    clause: 'RFC 8725 §3.12: a token of another kind is no access token',
    cases: [
      [
        'an encrypted one (five segments)',
        `${encode({ alg: 'dir', enc: 'A128GCM' })}..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA`,
        invalid,
      ],
      [
        'the JSON serialization, flattened',
        JSON.stringify({
          protected: split(good).header,
          payload: split(good).payload,
          signature: split(good).signature,
        }),
        invalid,
      ],
      ['a token inside a token', workshop.sign(workshop.header({ cty: 'JWT' }), good), invalid],
      [
        'a token as the JSON text of the payload',
        workshop.sign(workshop.header(), JSON.stringify(good)),
        invalid,
      ],
      ['no token at all', 'anything', invalid],
      ['a session id', 'session-1', invalid],
      ['an API key in the form of a UUID', '5b0c1f6e-0f1c-4f0e-9c62-0d2b1a3c4d5e', invalid],
      [
        'from a freshly made P-256 key with an empty kid',
        workshop.sign(
          workshop.header({ kid: '' }),
          workshop.claims(),
          generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
        ),
        invalid,
      ],
    ],
  },
];
