// Whether a text gives a token away, whole or in part.

const length = 12;

/** @returns every run of twelve characters of the tokens that is in the text: header, claims and signature alike. */
export function tokenPartsIn(text: string, tokens: readonly string[]): readonly string[] {
  const runsOf = (token: string): string[] =>
    Array.from({ length: token.length - length + 1 }, (_, at) => token.slice(at, at + length));
  return [...new Set(tokens.flatMap(runsOf))].filter((run) => text.includes(run));
}
