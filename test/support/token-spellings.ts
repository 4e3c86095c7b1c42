/** Other spellings of a token that say the same to a careless reader. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The order of P-256's group. */
export const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

export interface Segments {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

export function split(token: string): Segments {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
    throw new Error('not three segments');
  return { header, payload, signature };
}

export function join({ header, payload, signature }: Segments): string {
  return `${header}.${payload}.${signature}`;
}

export function withSignature(token: string, signature: string | Buffer): string {
  const text = typeof signature === 'string' ? signature : signature.toString('base64url');
  return join({ ...split(token), signature: text });
}

export const signatureOf = (token: string): Buffer =>
  Buffer.from(split(token).signature, 'base64url');

/** `r` and `s` as 64 bytes. */
export function toSignature(r: bigint, s: bigint): Buffer {
  return Buffer.from(`${toHex(r)}${toHex(s)}`, 'hex');
}

export function toIntegers(signature: Buffer): { r: bigint; s: bigint } {
  const integer = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
  return { r: integer(signature.subarray(0, 32)), s: integer(signature.subarray(32)) };
}

/** The signature's other half: verifies as well, with `s` as `n - s`. */
export function withOtherS(token: string): string {
  const { r, s } = toIntegers(signatureOf(token));
  return withSignature(token, toSignature(r, order - s));
}

/** All readings of a canonical segment's last character that decode to the same bytes, itself first. */
export function trailingBitsOf(segment: string): readonly string[] {
  const unused = { 0: 1, 1: 1, 2: 16, 3: 4 }[segment.length % 4] ?? 1;
  const first = alphabet.indexOf(segment.slice(-1));
  return Array.from(
    { length: unused },
    (_, i) => segment.slice(0, -1) + (alphabet[first + i] ?? ''),
  );
}

/** The 32 spellings of one signature that libraries take; the first is the accepted one. */
export function signatureSpellings(token: string): readonly string[] {
  return [token, withOtherS(token)].flatMap((one) =>
    trailingBitsOf(split(one).signature).map((signature) => withSignature(one, signature)),
  );
}

/** ASN.1 DER, as OpenSSL writes signatures by itself. */
export function toDer(signature: Buffer): Buffer {
  const { r, s } = toIntegers(signature);
  const integers = Buffer.concat([r, s].map(toDerInteger));
  return Buffer.concat([Buffer.from([0x30, integers.length]), integers]);
}

function toDerInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const content = (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return Buffer.concat([Buffer.from([2, content.length]), content]);
}

const toHex = (value: bigint): string => value.toString(16).padStart(64, '0');
