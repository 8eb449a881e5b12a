import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

/** Text that is safe in a page. */
export type Html = ReturnType<typeof html>;

/** One kind of pages: how they are written, and the headers that each of them must be sent with. */
export interface Pages {
  /** A whole page. `title` is its heading, too. */
  page(title: string, content: Html): string;
  /** No script, no framing, no copies, no trace of the address elsewhere. */
  headers: Record<string, string>;
}

const STYLE = `
:root { color-scheme: light dark; --line: #767676; --mark: #0b5cad; --quiet: #595959; --warn: #8a4b00; }
@media (prefers-color-scheme: dark) { :root { --mark: #8ec5ff; --quiet: #b4b4b4; --warn: #ffc069; } }
* { box-sizing: border-box; }
body { margin: 0; font: 1.0625rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 36rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.0625rem; margin: 1.5rem 0 .25rem; }
p, ul, dl { margin: 0 0 1rem; }
ul { padding-left: 1.25rem; }
dt { color: var(--quiet); }
dd { margin: 0 0 .5rem; }
code { font: .95em ui-monospace, monospace; }
.note { display: block; color: var(--quiet); font-size: .9375rem; }
.problem { border-left: .25rem solid var(--warn); padding: .25rem .75rem; }
button { font: inherit; font-weight: 600; padding: .75rem 1.25rem; border: 0; border-radius: .5rem;
  background: #0b5cad; color: #fff; cursor: pointer; }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
`;

/** Pages in the connector's look, with what this kind of them needs besides. */
export function pagesWith(ownStyle: string): Pages {
  const style = STYLE + ownStyle;
  const hash = createHash('sha256').update(style).digest('base64');
  return {
    headers: {
      'content-security-policy': [
        "default-src 'none'",
        `style-src 'sha256-${hash}'`,
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ].join('; '),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    page: (title, content) =>
      String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ml-connector</title>
<style>${raw(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`),
  };
}

/** Words with `commands` in them. */
export function withCommands(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
