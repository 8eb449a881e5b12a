/**
 * Holds the Procore sandbox against Procore's own endpoint contracts: one JSON file per operation, with parameters,
 * request body and responses. Usage: node test/contract/procore-endpoints.ts DIRECTORY
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '../../lib/sandbox/procore/routes.ts';
import type { Caller } from '../sandbox/procore/open-sandbox.ts';
import { openSandbox } from '../sandbox/procore/open-sandbox.ts';
import type { Endpoint } from './endpoint-contract.ts';
import { keyOf, requestMisfits, responseMisfits } from './endpoint-contract.ts';
import { callEverything } from './procore-calls.ts';

const directory = process.argv[2];
if (directory === undefined) {
  console.error('Name the directory of the endpoint contracts');
  process.exit(2);
}
const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
const endpoints = files.map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as Endpoint);
const contracts = new Map(endpoints.map((endpoint) => [keyOf(endpoint), endpoint]));

const misfits = ROUTES.flatMap((route) => requestMisfits(route, contracts.get(keyOf(route))));
const fits = await callAll();
const covered = ROUTES.filter((route) => contracts.has(keyOf(route)));
misfits.push(
  ...covered.filter((route) => !fits.has(keyOf(route))).map((route) => `${keyOf(route)}: no answer fits`),
);

for (const misfit of misfits) console.error(misfit);
const total = [...fits.values()].reduce((sum, count) => sum + count, 0);
console.log(`${total} responses fit the endpoint contracts (${fits.size} of ${contracts.size} endpoints)`);
process.exitCode = misfits.length > 0 ? 1 : 0;

/** Calls every endpoint with valid requests; returns how many answers of each fit. */
async function callAll(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const caller = await openSandbox({ webhooks: 'when-told' });
  await callEverything(watched(caller, counts));
  for (const field of caller.sandbox.unread)
    misfits.push(`${field} was sent, but the sandbox does not read it`);
  await caller.sandbox.close();
  return counts;
}

function watched(caller: Caller, counts: Map<string, number>): Caller {
  const watch = (method: 'get' | 'post' | 'patch' | 'delete') => async (path: string, body?: unknown) => {
    const before = new Map(caller.sandbox.calls);
    const answer = await caller[method](path, body);
    const key = [...caller.sandbox.calls].find(([name, count]) => before.get(name) !== count)![0];
    const found = responseMisfits(key, contracts.get(key), answer);
    misfits.push(...found);
    if (found.length === 0 && contracts.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
    return answer;
  };
  return {
    ...caller,
    get: watch('get'),
    post: watch('post'),
    patch: watch('patch'),
    delete: watch('delete'),
  };
}
