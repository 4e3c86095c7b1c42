/**
 * Keeps private keys from whoever gets hold of the database or a backup of it: AES-256-GCM under a
 * key made from a secret that is not in the database.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** 32 MiB and some 0.1 s: a secret that people made up is not tried out at a billion a second. */
const cost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

export class WrongSecretError extends Error {
  constructor() {
    super('the secret is not the one these keys were encrypted with, or they were changed');
    this.name = 'WrongSecretError';
  }
}

export class PrivateKeyCipher {
  private constructor(
    readonly salt: string,
    private readonly key: Buffer,
  ) {}

  /** @param salt base64, as it is kept with the keys; a new one when left out */
  static async create(
    secret: string,
    salt = randomBytes(16).toString('base64'),
  ): Promise<PrivateKeyCipher> {
    const key = await derive(secret, Buffer.from(salt, 'base64'), keyBytes, cost);
    return new PrivateKeyCipher(salt, key);
  }

  /** Bound to `kid`: a key moved to the name of another would sign what is taken for the other's. */
  encrypt(kid: string, privateKey: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(Buffer.from(kid));
    const text = [cipher.update(privateKey, 'utf8'), cipher.final()];
    return Buffer.concat([nonce, ...text, cipher.getAuthTag()]).toString('base64');
  }

  /** @throws WrongSecretError */
  decrypt(kid: string, encrypted: string): string {
    const bytes = Buffer.from(encrypted, 'base64');
    if (bytes.length < nonceBytes + tagBytes) throw new WrongSecretError();
    const nonce = bytes.subarray(0, nonceBytes);
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(kid));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
      const text = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      throw new WrongSecretError();
    }
  }
}
