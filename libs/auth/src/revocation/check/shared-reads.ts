/** The reads of one subject. */
interface Reads<Answer> {
  underWay: number;
  /** The place in time, and the answer, of the one that began last; null once it has ended. */
  youngest: { readonly begun: number; readonly answer: Promise<Answer> } | null;
  /** The one that begins as soon as another ends. */
  next: { readonly begin: () => void; readonly answer: Promise<Answer> } | null;
}

/**
 * More at once would tell nobody anything new: whoever comes then shares one that begins when the next of
 * them ends. Otherwise, without a lease, a database that grew slow would be asked ever more.
 */
const maxUnderWay = 4;

/** Reads by what is read: one that begins after several requests arrived serves them all. */
export class SharedReads<Key, Answer> {
  private readonly reads = new Map<Key, Reads<Answer>>();
  private sequence = 0;

  /** A request's place in time: a read counts as its own when it began later. */
  arrival(): number {
    return this.sequence;
  }

  /**
   * The answer of a read that began after `arrival`.
   * @param work is told its own place in time.
   */
  after(arrival: number, key: Key, work: (begun: number) => Promise<Answer>): Promise<Answer> {
    const reads = this.reads.get(key) ?? { underWay: 0, youngest: null, next: null };
    this.reads.set(key, reads);
    if (reads.next !== null) return reads.next.answer;
    // One that began before a request arrived may be older than a revoke that was answered since.
    if (reads.youngest !== null && reads.youngest.begun > arrival) return reads.youngest.answer;
    if (reads.underWay < maxUnderWay) return this.begin(key, reads, work);
    return this.beginNext(key, reads, work);
  }

  private begin(
    key: Key,
    reads: Reads<Answer>,
    work: (begun: number) => Promise<Answer>,
  ): Promise<Answer> {
    const begun = ++this.sequence;
    reads.underWay += 1;
    const answer = work(begun).finally(() => {
      reads.underWay -= 1;
      if (reads.youngest?.begun === begun) reads.youngest = null;
      if (reads.next !== null) reads.next.begin();
      else if (reads.underWay === 0) this.reads.delete(key);
    });
    reads.youngest = { begun, answer };
    return answer;
  }

  private beginNext(
    key: Key,
    reads: Reads<Answer>,
    work: (begun: number) => Promise<Answer>,
  ): Promise<Answer> {
    let begin = (): void => undefined;
    const answer = new Promise<Answer>((resolve) => {
      begin = () => {
        reads.next = null;
        resolve(this.begin(key, reads, work));
      };
    });
    reads.next = { begin, answer };
    return answer;
  }
}
