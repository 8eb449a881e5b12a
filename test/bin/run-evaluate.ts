import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { evaluate } from '../../bin/evaluate/program.ts';

/** Runs one command line of the evaluation; `json` is the last line that it printed, where it was asked for. */
export async function run(...argv: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const said = Promise.all([text(stdout), text(stderr)]);
  const code = await evaluate(argv, { stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  const [out, err] = await said;
  const json = argv.includes('--json') && out ? JSON.parse(out.trimEnd().split('\n').at(-1)!) : undefined;
  return { code, out, err, json };
}
