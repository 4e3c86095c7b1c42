// Server-sent events as our server writes them: a name and one line of data, or a comment.

export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** @returns what takes the stream in pieces, cut anywhere. */
export function createEventParser(onEvent: (event: ServerEvent) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).replaceAll('\r', '').split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string): string =>
        new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
      if (field('data') !== '') onEvent({ event: field('event'), data: field('data') });
    }
  };
}
