export interface Choice {
  /** Tenant ids to tick. */
  organisations?: string[];
  /** False presses "Cancel". */
  allow?: boolean;
  /** Id of the person who does it, where the sandbox has several. */
  as?: string;
}

/**
 * Does what a person does in the browser: opens the page, ticks organisations, presses a button. Returns where the
 * browser is sent, without going there. Throws where there is no such page, or no such organisation on it.
 */
export async function giveConsent(authorizeUrl: string | URL, choice: Choice): Promise<URL> {
  const address = new URL(authorizeUrl);
  if (choice.as !== undefined) address.searchParams.set('login_hint', choice.as);
  const opened = await fetch(address, { redirect: 'manual' });
  if (opened.status === 302) return targetOf(opened);
  const page = await opened.text();
  if (opened.status !== 200) throw new Error(`The consent page answered ${opened.status}: ${wordsOf(page)}`);

  const { organisations = [], allow = true } = choice;
  const missing = organisations.find((id) => !page.includes(`name="organisation" value="${id}"`));
  if (missing !== undefined) throw new Error(`The consent page does not offer ${missing}: ${wordsOf(page)}`);
  const body = new URLSearchParams({ decision: allow ? 'allow' : 'cancel' });
  for (const id of organisations) body.append('organisation', id);
  const sent = await fetch(address, { method: 'POST', body, redirect: 'manual' });
  if (sent.status !== 302)
    throw new Error(`Consent was answered ${sent.status}: ${wordsOf(await sent.text())}`);
  return targetOf(sent);
}

const targetOf = (answer: Response): URL => new URL(answer.headers.get('location')!);

const wordsOf = (page: string): string =>
  page
    .slice(page.indexOf('<h1>'))
    .replace(/<[^>]*>|\s+/g, ' ')
    .trim();
