import { readOptions } from './local/options.ts';
import { playSeed } from './local/play-seed.ts';
import { startLocalRun } from './local/start.ts';

const options = readOptions(process.argv.slice(2), process.env);
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const startedAt = Date.now();
const run = await startLocalRun(options, say);

let closing: Promise<void> | undefined;
const close = (): Promise<void> => {
  closing ??= run.close();
  return closing;
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say('\nShutting down …');
    void close().then(() => process.exit(0));
  });
}

const passed =
  run.demo === undefined || (await playSeed({ ...run, demo: run.demo }, options, startedAt, say));
if (options.once) {
  await close();
  process.exitCode = passed ? 0 : 1;
} else {
  const { api } = run.aws.urls;
  const { XeroRedirectUri, XeroWebhookUrl, ProcoreWebhookUrl } = run.aws.outputs;
  const ready = {
    ready: true,
    api,
    xeroRedirectUri: XeroRedirectUri,
    xeroWebhook: XeroWebhookUrl,
    procoreWebhook: ProcoreWebhookUrl,
  };
  if (options.json) process.stdout.write(`${JSON.stringify(ready)}\n`);
  say(`
Up at ${api}. Look around in another terminal:
  npm run cli -- documents
  npm run cli -- audit PO-1201
  npm run cli -- doctor
Ctrl-C stops it.`);
}
