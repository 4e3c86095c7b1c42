/**
 * How lists sort and searches compare text: NFC, without case. Letter by letter and with one small
 * sigma, because `toLowerCase` ends a word with another one, and half a word would miss the whole.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Lu}|\p{Lt}/gu, (letter) => letter.toLowerCase())
    .replaceAll('ς', 'σ');
}
