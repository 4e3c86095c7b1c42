import { Inject, Injectable } from '@nestjs/common';
import { AuditTail } from '../../audit/audit-tail.service.js';
import type { StoredEntry } from '../../audit/audit.store.js';
import type { SessionStream } from '../../http/session-streams.js';
import { AuditEntryResponse } from '../audit/dto/audit-entry.response.js';
import { RecordedRevocationResponse } from '../revocations/dto/recorded-revocation.response.js';

/** Whoever missed more reads the lists, which are made for it. */
const maxResent = 1_000;

/** Writes what is added to the audit log into event streams. */
@Injectable()
export class AuditFeed {
  constructor(@Inject(AuditTail) private readonly tail: AuditTail) {}

  /**
   * What was added since the event with this id, and then whatever is added. The answer begins when it is
   * certain that nothing from now on is missed.
   * @throws InvalidCursorError, StorageUnavailableError: before anything was answered.
   */
  async send(lastEventId: string | null, open: () => SessionStream): Promise<void> {
    const waiting: StoredEntry[] = [];
    let take = (entries: readonly StoredEntry[]): void => void waiting.push(...entries);
    const { position, stop } = await this.tail.follow((entries) => take(entries));
    let stream: SessionStream;
    let missed: readonly StoredEntry[];
    try {
      missed = lastEventId === null ? [] : await this.missedSince(lastEventId);
      stream = open();
    } catch (error) {
      stop();
      throw error;
    }
    stream.onClose(stop);
    const isGap = missed.length > maxResent;
    stream.send('ready', {}, isGap || lastEventId === null ? position : lastEventId);
    if (isGap) stream.send('gap', {});
    const resent = isGap ? [] : missed;
    const known = new Set(resent.map(({ entry }) => entry.id));
    write(stream, [...resent, ...waiting.filter(({ entry }) => !known.has(entry.id))]);
    // What was read again above may still be on its way by the other path.
    take = (entries) =>
      write(
        stream,
        entries.filter(({ entry }) => !known.delete(entry.id)),
      );
  }

  private async missedSince(lastEventId: string): Promise<readonly StoredEntry[]> {
    const reader = await this.tail.readFrom(lastEventId);
    return reader.next(maxResent + 1);
  }
}

/** The id is on the last event of an entry: whoever is cut off before it gets both again. */
function write(stream: SessionStream, entries: readonly StoredEntry[]): void {
  for (const { position, entry } of entries) {
    const { revocation } = entry;
    if (revocation !== null) {
      stream.send('revocation', new RecordedRevocationResponse({ revocation, entry }));
    }
    stream.send('audit', new AuditEntryResponse(entry), position);
  }
}
