import { Command, InvalidArgumentError } from 'commander';

/** How the local run was asked to run. */
export interface LocalOptions {
  once: boolean;
  json: boolean;
  port: number;
  /** Folder in which everything is kept over restarts; in memory without it. */
  data?: string;
  /** Environment of the functions; empty where the sandboxes are used. */
  vendors: Record<string, string>;
}

/** Flag, variable and meaning of each vendor URL; a flag wins over its variable. */
const VENDOR_URLS = [
  ['xeroApiUrl', 'XERO_API_URL', "Xero's API instead of the sandbox, such as https://api.xero.com"],
  ['xeroIdentityUrl', 'XERO_IDENTITY_URL', 'where its tokens come from, such as https://identity.xero.com'],
  ['xeroLoginUrl', 'XERO_LOGIN_URL', 'where people consent, such as https://login.xero.com/identity'],
  [
    'procoreApiUrl',
    'PROCORE_API_URL',
    "Procore's API instead of the sandbox, such as https://sandbox.procore.com",
  ],
  [
    'procoreLoginUrl',
    'PROCORE_LOGIN_URL',
    'where its tokens come from, such as https://login-sandbox.procore.com',
  ],
] as const;

const EXAMPLES = `
Examples:
  npm start                            everything, with sandboxes and the seeded contractor, until Ctrl-C
  npm start -- --once                  play the seed, check Procore against it, stop
  npm start -- --data .data            keep everything in a folder and go on there next time
  npm start -- --procore-api-url https://sandbox.procore.com --procore-login-url https://login-sandbox.procore.com \\
    --xero-api-url https://api.xero.com --xero-identity-url https://identity.xero.com \\
    --xero-login-url https://login.xero.com/identity
                                       the vendors' own servers; connect with npm run cli -- connect
`;

export function readOptions(argv: string[], environment: NodeJS.ProcessEnv): LocalOptions {
  const command = new Command('npm start --')
    .description('Runs ml-connector on this machine: the real functions on a local AWS, no account needed')
    .option('--once', 'play the whole seed, compare Procore with what an accountant expects, and stop', false)
    .option('--json', 'print lines of JSON for scripts on standard output', false)
    .option('--port <number>', 'of the API and of the discovery', portNumber, 4510)
    .option('--data <folder>', 'keep tables, queues, keys and the sandbox in this folder')
    .addHelpText('after', EXAMPLES);
  for (const [name, , meaning] of VENDOR_URLS) command.option(`--${kebab(name)} <url>`, meaning, httpUrl);
  const given = command.parse(argv, { from: 'user' }).opts<Record<string, string | undefined>>();
  const vendors = VENDOR_URLS.flatMap(([name, variable]) => {
    const url = given[name] ?? environment[variable];
    return url ? [[variable, url]] : [];
  });
  const { once, json, port, data } = command.opts<{
    once: boolean;
    json: boolean;
    port: number;
    data?: string;
  }>();
  if (once && vendors.length > 0)
    command.error('--once plays the seed of the sandboxes; leave out the vendor URLs');
  return { once, json, port, ...(data !== undefined && { data }), vendors: Object.fromEntries(vendors) };
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('Not a port number.');
  return port;
}

function httpUrl(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new InvalidArgumentError('Not an http(s) URL.');
  return text;
}
