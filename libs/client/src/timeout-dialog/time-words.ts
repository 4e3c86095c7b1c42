// A length of time in the words of a language: "1 minute, 40 seconds". Never more than the truth.

export const wholeSeconds = (ms: number): number => Math.max(0, Math.floor(ms / 1000));

/**
 * Units of zero are left out. A language that the browser has no words for (Welsh, in Chromium) is
 * said in English, not in that of the machine.
 */
export function timeInWords(ms: number, language: string): string {
  const languages = [language, 'en'];
  const seconds = wholeSeconds(ms);
  const counts = { hour: seconds / 3600, minute: (seconds / 60) % 60, second: seconds % 60 };
  const words = Object.entries(counts)
    .filter(([, count]) => count >= 1)
    .map(([unit, count]) => {
      const format = { style: 'unit', unit, unitDisplay: 'long' } as const;
      return new Intl.NumberFormat(languages, format).format(Math.floor(count));
    });
  return new Intl.ListFormat(languages, { type: 'unit', style: 'long' }).format(words);
}

/** `en` for what is no language tag: a wrong one must not stop the countdown. */
export function validLanguage(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
