/** Holds a handler in the middle of its work until a test has done something beside it. */
export class Gate {
  private readonly entry = createSignal();
  private readonly exit = createSignal();

  /** Resolves once the handler is inside. */
  get entered(): Promise<void> {
    return this.entry.done;
  }

  /** What the handler waits for. */
  pass(): Promise<void> {
    this.entry.give();
    return this.exit.done;
  }

  open(): void {
    this.exit.give();
  }
}

/** The gate that the next request to a gated route waits at. */
export class Gates {
  next = new Gate();

  close(): Gate {
    this.next = new Gate();
    return this.next;
  }
}

function createSignal(): { done: Promise<void>; give: () => void } {
  let give = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { done, give };
}
