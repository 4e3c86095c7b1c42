/** The page at `/`: says what runs here and where to go next. No script; one style, allowed by its hash. */
export const startStyle = [
  ':root{color-scheme:light dark;--ink:#1b1f24;--paper:#fbfbf9;--line:#d9d9d2;--link:#0b57a4}',
  '@media(prefers-color-scheme:dark){:root{--ink:#e8e8e3;--paper:#16181b;--line:#3a3d42;--link:#8ec2ff}}',
  'body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}',
  'main{max-width:40rem;margin:0 auto;padding:3rem 1.25rem}',
  'h1{font-size:1.75rem;margin:0 0 .25rem}p{margin:.5rem 0 1.5rem}',
  'ul{list-style:none;padding:0;border-top:1px solid var(--line)}',
  'li{padding:.75rem 0;border-bottom:1px solid var(--line)}',
  'a{color:var(--link);font-weight:600}code{font-size:.95em}',
].join('');

export const startPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Portcullis</title>
<style>${startStyle}</style>
</head>
<body>
<main>
<h1>Portcullis</h1>
<p>This auth server is running. Tokens slide with their user’s activity and can be revoked at once.</p>
<ul>
<li><a href="/admin/">Dashboard</a>: for administrators, to find an account, shut it and see it take effect</li>
<li><a href="/docs">API reference</a>: every call, to read and to try</li>
<li><a href="/health/ready">Health</a>: what this server needs, and whether it is there</li>
<li><a href="/.well-known/oauth-authorization-server">Metadata</a> and <a href="/.well-known/jwks.json">keys</a>: for services that check tokens</li>
</ul>
<p>Begin with <code>POST /auth/register</code> and <code>POST /auth/login</code>.</p>
</main>
</body>
</html>
`;
