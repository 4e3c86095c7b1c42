// The tab's title says the time while nobody sees the page, and is given back afterwards.

const intervalMs = 15_000;

export class TabTitle {
  #original: string | undefined;
  #shown = '';
  #shownAt = -Infinity;

  /**
   * `word` gets the page's own title. At most once in fifteen seconds, so that nothing flickers, also
   * where the page changes its title all the time.
   */
  show(word: (title: string) => string): void {
    const now = performance.now();
    if (now - this.#shownAt < intervalMs) return;
    // The page may have changed its title meanwhile: that is the one to come back to.
    if (document.title !== this.#shown) this.#original = document.title;
    document.title = this.#shown = word(this.#original ?? '');
    this.#shownAt = now;
  }

  restore(): void {
    if (this.#original !== undefined && document.title === this.#shown) {
      document.title = this.#original;
    }
    this.#original = undefined;
    this.#shown = '';
  }
}
