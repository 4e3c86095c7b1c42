// A browser's name for itself, in words that a person would use.

const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:Headless)?(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//, 'Safari'],
  [/\bcurl\/(\d+)/, 'curl'],
  [/^node(?:\/(\d+))?$/, 'Node.js'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows NT/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

const longest = 40;

/** "Firefox 140 on Windows"; what is not known is shown as it came, cut short. */
export function deviceOf(userAgent: string): string {
  if (userAgent.trim() === '') return 'Unknown program';
  const [browser, name] = browsers.find(([pattern]) => pattern.test(userAgent)) ?? [];
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (browser === undefined || name === undefined) {
    return userAgent.length > longest ? `${userAgent.slice(0, longest)}…` : userAgent;
  }
  const version = browser.exec(userAgent)?.[1];
  const program = version === undefined ? name : `${name} ${version}`;
  return system === undefined ? program : `${program} on ${system}`;
}
