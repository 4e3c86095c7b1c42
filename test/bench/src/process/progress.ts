/** What somebody who waits sees: how far it is, what comes now, what the last one said. */

export class Progress {
  private done = 0;
  private readonly begun = performance.now();
  private isLineOpen = false;

  constructor(
    private total: number,
    private readonly deadlineMs: number,
  ) {}

  /** No time is left: what is under way is finished, and nothing new is begun. */
  get isOver(): boolean {
    return performance.now() - this.begun > this.deadlineMs;
  }

  expect(steps: number): void {
    this.total += steps;
  }

  /** One step is done. */
  step(text: string): void {
    this.done += 1;
    this.show(text);
  }

  note(text: string): void {
    this.closeLine();
    console.log(text);
  }

  /** What is under way, on the same line where there is a terminal. */
  show(text: string): void {
    const elapsed = (performance.now() - this.begun) / 1000;
    const count = `${String(this.done).padStart(String(this.total).length)}/${this.total}`;
    const line = `[${count} ${Math.floor(elapsed / 60)}:${String(Math.floor(elapsed % 60)).padStart(2, '0')}] ${text}`;
    if (!process.stdout.isTTY) {
      console.log(line);
      return;
    }
    process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns || 100) - 1)}`);
    this.isLineOpen = true;
  }

  closeLine(): void {
    if (this.isLineOpen) process.stdout.write('\n');
    this.isLineOpen = false;
  }
}
