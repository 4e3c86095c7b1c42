/**
 * What a search for users compares, so that an index can answer it: a word that is looked for must begin
 * some term. Terms are the parts of address and name that begin where a word does: `lovelace@example.org`
 * and `example.org` of `ada.lovelace@example.org`.
 */
import { foldText } from '../storage/fold-text.js';

/** So much of a term is kept, and of a word looked at. */
const maxLength = 64;
const maxTerms = 48;
const maxWords = 8;

export function searchTermsOf(email: string, displayName: string): readonly string[] {
  const [address = '', ...parts] = termsOf(email);
  // The parts of an address come last: where there are too many, a name is still found.
  return [...new Set([address, ...termsOf(displayName), ...parts])].slice(0, maxTerms);
}

/** All of these must begin some term, in whatever order. Of a blank text there is none. */
export function searchWordsOf(search: string): readonly string[] {
  return words(search).slice(0, maxWords).map(cut);
}

const termsOf = (text: string): readonly string[] => words(text).flatMap(endsOf);

const words = (text: string): readonly string[] => foldText(text).split(/\s+/u).filter(Boolean);

/** Everything from each beginning within `word` on. */
function endsOf(word: string): readonly string[] {
  const beginnings = word.matchAll(/\p{N}+|\p{L}[\p{L}\p{M}]*|[^\p{L}\p{N}]/gu);
  return [...beginnings].map(({ index }) => cut(word.slice(index)));
}

const cut = (text: string): string => Array.from(text).slice(0, maxLength).join('');
