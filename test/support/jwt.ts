/** Reads a token without believing it, as a browser would. */
/* eslint-disable @typescript-eslint/no-explicit-any -- tests look into claims of any shape */
export const headerOf = (token: string | null): any => segment(token, 0);
export const claimsOf = (token: string | null): any => segment(token, 1);

function segment(token: string | null, index: number): any {
  const encoded = token?.split('.')[index];
  if (encoded === undefined) throw new Error('no token');
  return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
}
