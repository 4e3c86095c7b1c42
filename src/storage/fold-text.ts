/**
 * How lists sort and searches compare text: NFC, without case. Letter by letter, because
 * `toLowerCase` of a whole word turns a last sigma into another letter, and half a word then
 * misses the whole.
 */
export function foldText(text: string): string {
  return text.normalize('NFC').replace(/\p{Lu}|\p{Lt}/gu, (letter) => letter.toLowerCase());
}
