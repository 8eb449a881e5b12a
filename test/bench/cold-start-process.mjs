// One fresh execution environment: loads the bundle named first, handles the event named second, and says the answer.
// Plain JavaScript, so that no time goes into stripping types.
import { writeSync } from 'node:fs';

const [bundle, event] = process.argv.slice(2);
const { handler } = await import(bundle);
const answer = await handler(JSON.parse(event), { awsRequestId: 'bench', functionName: 'bench' });
writeSync(3, String(answer.statusCode));
process.exit();
