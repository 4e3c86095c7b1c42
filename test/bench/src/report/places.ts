/** Parts of a document that are computed, between `<!-- bench: name -->` and `<!-- /bench -->`. */

const place = /(<!-- bench: (\S+) -->\n)[\s\S]*?(<!-- \/bench -->)/g;

/** What was not measured this time stays as it is. */
export function fillPlaces(text: string, parts: Readonly<Record<string, string>>): string {
  const missing = Object.keys(parts).filter((name) => !text.includes(`<!-- bench: ${name} -->`));
  if (missing.length > 0)
    console.log(`docs/performance.md has no place for: ${missing.join(', ')}`);
  return text.replaceAll(place, (whole, open: string, name: string, close: string) => {
    const part = parts[name];
    return part === undefined ? whole : `${open}\n${part}\n\n${close}`;
  });
}
