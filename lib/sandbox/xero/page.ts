import { html } from 'hono/html';

/** No form-action: browsers hold it against the redirect that follows the form, too. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

/** One page of the sandbox's login server. */
export function page(title: string, content: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${title} – Xero sandbox</title>
    <style>
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 2rem auto; padding: 0 1rem }
      label, li { display: block; padding: .25rem 0 }
      fieldset { margin: 1rem 0 }
      button { font: inherit; padding: .5rem 1rem; margin-right: .5rem }
    </style>
  </head>
  <body>
    <p>Xero sandbox</p>
    <h1>${title}</h1>
    ${content}
  </body>
</html>
`;
}
