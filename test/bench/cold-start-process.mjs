// One fresh execution environment: loads the bundle named first, handles the event named second, and says how it went.
// Plain JavaScript, so that no time goes into stripping types.
import { writeSync } from 'node:fs';

const [bundle, event] = process.argv.slice(2);
const { handler } = await import(bundle);
const context = { awsRequestId: 'bench', functionName: 'bench', getRemainingTimeInMillis: () => 60_000 };
const answer = await handler(JSON.parse(event), context);
writeSync(3, answer?.batchItemFailures?.length > 0 ? 'failed' : String(answer?.statusCode ?? 'done'));
process.exit();
