/** A browser as far as consent needs one: it keeps cookies, and is led by hand from page to page. */
export function openBrowser() {
  const cookies = new Map<string, string>();

  async function visit(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]!.split('=');
      cookies.set(name, value);
    }
    return answer;
  }

  return {
    /** Where the page sends the browser. */
    async redirected(url: string | URL): Promise<string> {
      const answer = await visit(url);
      const target = answer.headers.get('location');
      if (answer.status !== 302 || target === null)
        throw new Error(`${answer.status} ${await answer.text()}`);
      return target;
    },
    async page(url: string | URL): Promise<string> {
      return (await visit(url)).text();
    },
    /** Presses the page's button, with these answers in its form; returns the next page. */
    async submit(pageUrl: string | URL, page: string, answers: Record<string, string>): Promise<string> {
      const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
      const token = /name="token" value="([^"]+)"/.exec(page)?.[1];
      if (action === undefined || token === undefined) throw new Error(`There is no form: ${page}`);
      const body = new URLSearchParams({ token, ...answers });
      return (await visit(new URL(action, pageUrl), { method: 'POST', body })).text();
    },
  };
}
