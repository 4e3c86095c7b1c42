/** Reads a token without believing it, as a browser would. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into claims of any shape
export function claimsOf(token: string | null): any {
  const payload = token?.split('.')[1];
  if (payload === undefined) throw new Error('no token');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
}
