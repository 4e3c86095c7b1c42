import { Schema, type Model } from 'mongoose';
import type { MongoConnection } from '../../storage/mongo/connection.js';
import { createIndexes, defineModel, part, type Fields } from '../../storage/mongo/define-model.js';
import { inTime } from '../../storage/mongo/in-time.js';
import { guarded, unlessTaken } from '../../storage/mongo/mongo-errors.js';
import { readNow } from '../../storage/mongo/read-now.js';
import { StorageRefusedError } from '../../storage/storage.errors.js';
import { KeysStore, type KeySet } from './keys.store.js';
import { PrivateKeyCipher, WrongSecretError } from './private-key-cipher.js';
import type { SigningKey } from './signing-key.js';

interface KeysRow {
  readonly _id: string;
  readonly revision: number;
  /** Base64; null while the private keys are stored as they are. */
  readonly salt: string | null;
  readonly keys: readonly SigningKey[];
}

const documentId = 'keys';

const key = part<SigningKey>({
  kid: String,
  state: String,
  publicJwk: Schema.Types.Mixed,
  privateKey: { type: String, default: null },
  createdAt: Date,
  activatedAt: { type: Date, default: null },
  retiredAt: { type: Date, default: null },
  publishedUntil: { type: Date, default: null },
  revokedAt: { type: Date, default: null },
});

const fields: Fields<KeysRow> = {
  _id: String,
  revision: Number,
  salt: { type: String, default: null },
  keys: [key],
};

/** The key set in MongoDB, shared by all nodes; private keys encrypted once there is a secret. */
export class MongoKeysStore extends KeysStore {
  private readonly sets: Model<KeysRow>;
  /** Deriving a key is slow on purpose, and every load needs the one of the last save. */
  private cipher: PrivateKeyCipher | null = null;

  constructor(
    connection: MongoConnection,
    private readonly secret: string | null,
  ) {
    super();
    this.sets = defineModel(connection, fields, { name: 'keys' });
  }

  /** Found by `_id` alone. */
  ensureIndexes(): Promise<void> {
    return createIndexes(this.sets, []);
  }

  /** @throws StorageRefusedError when the secret is not the one the keys were encrypted with */
  override async load(): Promise<KeySet> {
    const row = await this.read();
    if (row === null) return { revision: 0, keys: [] };
    return { revision: row.revision, keys: await this.toKeys(row) };
  }

  /** @throws StorageRefusedError rather than replace keys that this node cannot read */
  override async save(
    revision: number,
    keys: readonly SigningKey[],
    notAfter?: Date,
  ): Promise<boolean> {
    if (revision === 0) return notAfter === undefined && this.insert(keys);
    const current = await this.read();
    if (current?.revision !== revision) return false;
    await this.toKeys(current);
    const set = { revision: revision + 1, ...(await this.toStored(keys)) };
    const filter = { _id: documentId, revision, ...(notAfter && inTime(notAfter)) };
    const saved = await guarded(() => this.sets.findOneAndUpdate(filter, { $set: set }).lean());
    return saved !== null;
  }

  private async insert(keys: readonly SigningKey[]): Promise<boolean> {
    const row = { _id: documentId, revision: 1, ...(await this.toStored(keys)) };
    return unlessTaken(async () => {
      await this.sets.create(row);
      return true;
    }, false);
  }

  private read(): Promise<Omit<KeysRow, '_id'> | null> {
    return readNow(this.sets, documentId, ['revision', 'salt', 'keys']);
  }

  private async toStored(keys: readonly SigningKey[]): Promise<Pick<KeysRow, 'salt' | 'keys'>> {
    if (this.secret === null) return { salt: null, keys };
    const cipher = await PrivateKeyCipher.create(this.secret);
    this.cipher = cipher;
    const encrypt = ({ kid, privateKey }: SigningKey): string | null =>
      privateKey === null ? null : cipher.encrypt(kid, privateKey);
    return {
      salt: cipher.salt,
      keys: keys.map((plain) => ({ ...plain, privateKey: encrypt(plain) })),
    };
  }

  private async toKeys({ salt, keys }: Omit<KeysRow, '_id'>): Promise<readonly SigningKey[]> {
    if (salt === null) return keys;
    if (this.secret === null) {
      throw new StorageRefusedError('the signing keys are encrypted: set KEYS_SECRET to read them');
    }
    if (this.cipher?.salt !== salt) this.cipher = await PrivateKeyCipher.create(this.secret, salt);
    return decryptAll(this.cipher, keys);
  }
}

function decryptAll(cipher: PrivateKeyCipher, keys: readonly SigningKey[]): readonly SigningKey[] {
  try {
    return keys.map(({ privateKey, ...key }) => ({
      ...key,
      privateKey: privateKey === null ? null : cipher.decrypt(key.kid, privateKey),
    }));
  } catch (error) {
    if (!(error instanceof WrongSecretError)) throw error;
    throw new StorageRefusedError(
      'KEYS_SECRET is not the one that the signing keys in the database were encrypted with',
    );
  }
}
