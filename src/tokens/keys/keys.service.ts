import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, ProblemException, VerificationKeys, type CommitCondition } from '@portcullis/auth';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Ids } from '../../storage/ids.js';
import { activeKey, complete, expire, revokeKey, rotate } from './key-rotation.js';
import { KeysStore, type KeySet } from './keys.store.js';
import type { SigningKey } from './signing-key.js';

/** A key that callers made up costs one look at the store in this time, not one each. */
const reloadCooldownMs = 1000;
/** Other nodes' changes are met this often. */
const maxAgeMs = 5000;
const maxSaves = 10;

/** The issuer's keys: which one signs, which are published, which are refused. */
@Injectable()
export class KeysService extends VerificationKeys implements OnModuleInit {
  private readonly logger = new Logger('Keys');
  private revision = 0;
  private keys: readonly SigningKey[] = [];
  private publicKeys: ReadonlyMap<string, KeyObject> = new Map();
  private signing: { kid: string; privateKey: KeyObject } | null = null;
  private loadedAt = -Infinity;
  /** Reads of the set are counted, so that an older one cannot answer what came up after it began. */
  private reads = 0;
  private doubted: { readonly kid: string; readonly atRead: number } | null = null;
  private refreshing: Promise<void> = Promise.resolve();

  constructor(
    @Inject(KeysStore) private readonly store: KeysStore,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    await this.change((keys) => complete(keys, () => this.ids.next(), this.now()));
  }

  /** Whether there is a key to sign with at this moment. */
  get canSign(): boolean {
    return this.signing !== null;
  }

  /** The key that signs. @throws ProblemException `unavailable` */
  get current(): { kid: string; privateKey: KeyObject } {
    if (!this.signing) throw new ProblemException('unavailable', 'There is no signing key.');
    return this.signing;
  }

  override find(kid: string): KeyObject | null | Promise<KeyObject | null> {
    const known = this.publicKeys.get(kid);
    if (known || this.clock.now() - this.loadedAt < reloadCooldownMs) return known ?? null;
    return this.reload().then(() => this.publicKeys.get(kid) ?? null);
  }

  /** 1 while a key's tokens hold, 2 once it was revoked, null for a key that is not ours; read now. */
  async readVersion(kid: string): Promise<1 | 2 | null> {
    const keys = await this.reload();
    const key = keys.find((one) => one.kid === kid);
    if (!key) return null;
    return key.state === 'revoked' ? 2 : 1;
  }

  /** The keys that verifiers may meet, public parts only (RFC 7517). */
  async published(): Promise<readonly SigningKey[]> {
    return (await this.list()).filter((key) => ['active', 'next', 'retiring'].includes(key.state));
  }

  /** Every key, newest first. */
  async list(): Promise<readonly SigningKey[]> {
    if (this.clock.now() - this.loadedAt > maxAgeMs) await this.reload();
    return [...expire(this.keys, this.now())].sort(
      (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
    );
  }

  /** @param overlapSeconds longest life that a token signed until now may still have. */
  async rotate(overlapSeconds: number): Promise<void> {
    const until = new Date(this.clock.now() + overlapSeconds * 1000);
    await this.change((keys) => rotate(keys, () => this.ids.next(), this.now(), until));
    this.logger.log(`key ${this.current.kid} signs from now on`);
  }

  /**
   * The commit of a key's revoke, from version 1 to 2: false when it was revoked already, is not
   * there, another node changed the set meanwhile, or this came too late.
   */
  async revoke(kid: string, { version, notAfter }: CommitCondition): Promise<boolean> {
    const { revision, keys } = await this.store.load();
    const found = keys.some((key) => key.kid === kid && key.state !== 'revoked');
    if (!found || version !== 1) return false;
    const next = expire(
      revokeKey(keys, kid, () => this.ids.next(), this.now()),
      this.now(),
    );
    if (!(await this.store.save(revision, next, notAfter))) return false;
    this.use({ revision: revision + 1, keys: next }, ++this.reads);
    return true;
  }

  /** One change of the whole set, repeated on what another node saved in between. */
  private async change(
    move: (keys: readonly SigningKey[]) => readonly SigningKey[],
  ): Promise<void> {
    for (let attempt = 0; attempt < maxSaves; attempt++) {
      const { revision, keys } = await this.store.load();
      const next = expire(move(keys), this.now());
      const changed = next.length !== keys.length || next.some((key, index) => key !== keys[index]);
      if (!changed || (await this.store.save(revision, next))) {
        this.use({ revision: changed ? revision + 1 : revision, keys: next }, ++this.reads);
        return;
      }
    }
    throw new ProblemException('unavailable', 'The key set is being changed by others.');
  }

  /**
   * Somewhere a key is being revoked: it signs no more here until the set was read again, or what it
   * signed would be refused as soon as it is used.
   */
  doubt(kid: string): void {
    this.doubted = { kid, atRead: this.reads };
    if (this.signing?.kid === kid) this.signing = null;
    this.refresh();
  }

  /** Another node may have changed the set: it is read beside what goes on. */
  refresh(): void {
    this.refreshing = this.reload().then(
      () => undefined,
      () => undefined,
    );
  }

  /** When what is being read now has been: before a token is signed that should last. */
  settled(): Promise<void> {
    return this.refreshing;
  }

  /** Answers what this read saw, whatever others read meanwhile. */
  private async reload(): Promise<readonly SigningKey[]> {
    const read = ++this.reads;
    const set = await this.store.load();
    this.use(set, read);
    return set.keys;
  }

  /** A read that was overtaken must not bring a revoked key back to signing. */
  private use({ revision, keys }: KeySet, read: number): void {
    if (revision < this.revision) return;
    this.revision = revision;
    this.loadedAt = this.clock.now();
    const known = this.publicKeys;
    this.keys = keys;
    this.publicKeys = new Map(
      keys.map((key) => [
        key.kid,
        known.get(key.kid) ?? createPublicKey({ key: key.publicJwk, format: 'jwk' }),
      ]),
    );
    const active = activeKey(keys);
    if (active?.privateKey == null || active.kid === this.signing?.kid) return;
    if (this.doubted?.kid === active.kid && read <= this.doubted.atRead) return;
    const der = Buffer.from(active.privateKey, 'base64');
    this.signing = {
      kid: active.kid,
      privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
    };
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}
