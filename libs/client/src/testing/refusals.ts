// Answers that refuse: the server's own, and what a proxy or the network makes of them.

export const problemDocument = (status: number, code: string, challenge?: string): Response =>
  new Response(JSON.stringify({ code, status }), {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...(challenge !== undefined && { 'www-authenticate': challenge }),
    },
  });

export const refused = (code: string): Response =>
  problemDocument(
    401,
    code,
    'Bearer error="invalid_token", error_description="The token was refused."',
  );

/** A proxy asked the server, and made a page of its own of the refusal. */
export const codeless = (): Response =>
  new Response('<html>401 Authorization Required</html>', {
    status: 401,
    headers: { 'content-type': 'text/html', 'www-authenticate': 'Bearer error="invalid_token"' },
  });

/** The headers have come, and the network went. */
export const cutOff = (): Response => {
  const { status, headers } = refused('session_revoked');
  const body = new ReadableStream({ start: (stream) => stream.error(new TypeError('cut')) });
  return new Response(body, { status, headers });
};
