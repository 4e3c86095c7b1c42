/** An application's id and secret from an `Authorization: Basic` header (RFC 6749 §2.3.1), or null. */
export function basicCredentials(
  header: string | undefined,
): { id: string; secret: string } | null {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header ?? '')?.[1];
  if (encoded === undefined || encoded.length > 1024) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return null;
  try {
    return { id: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
  } catch {
    return null;
  }
}

/** @throws URIError for a broken percent-encoding. */
function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
