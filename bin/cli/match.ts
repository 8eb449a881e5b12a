import type { Command } from 'commander';
import { BadInput } from '../../lib/core/errors.ts';
import type { DocumentRecord } from '../../lib/core/links.ts';
import { chooseMatch } from '../../lib/flows/charges/choose-match.ts';
import { whoAmI } from './consent.ts';
import { stateInWords, stateOf } from './document-state.ts';
import { drained } from './drain.ts';
import { findDocument } from './find-document.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';
import type { Opened } from './open.ts';
import { chooseConnection, open } from './open.ts';
import { seconds } from './option-values.ts';

const HELP = `
What you say stands, whatever is edited in Xero later, until you say something else. A bill that several documents
share the number of is named by its id (\`ml-connector documents\`).

Examples:
  ml-connector match HCS-40117 PO-1202
  ml-connector match "PO-1215, PO-1227" PO-1215 PO-1227      one bill for two orders
  ml-connector match CER-76980 --none                        it belongs to no order: a direct cost`;

type Options = GlobalOptions & { none?: boolean; wait: boolean; timeout: number };

export function addMatch(program: Command, io: Io): void {
  program
    .command('match')
    .argument('<bill>', "the bill's or credit note's number, or its Xero id")
    .argument('[orders...]', 'the numbers or ids of its orders')
    .description('Say which orders a bill or credit note is for, and carry it again')
    .option('--none', 'it is for no order')
    .option('--no-wait', 'return at once')
    .option('--timeout <seconds>', 'how long to wait', seconds, 600)
    .addHelpText('after', HELP)
    .action(async (bill: string, orders: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if ((orders.length === 0) === (options.none !== true)) {
        throw new BadInput('usage', { facts: { problem: 'match takes orders or --none' } });
      }
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const charge = await findDocument(id, bill, deployment, ['bill', 'credit-note']);
      const chosen = await ordersOf(id, orders, deployment);
      await chooseMatch(
        charge,
        chosen.map((order) => order.id),
        whoAmI(),
        deployment,
      );
      if (options.wait) {
        await drained(
          deployment,
          { timeoutSeconds: options.timeout, local: options.stack === undefined },
          io,
        );
      }
      const now = (await deployment.documents.get(id, charge.id)) ?? charge;
      print(io, options.json, stateOf(now), () => stateInWords(now));
    });
}

async function ordersOf(
  connectionId: string,
  wanted: string[],
  deployment: Opened,
): Promise<DocumentRecord[]> {
  const orders: DocumentRecord[] = [];
  for (const each of wanted)
    orders.push(await findDocument(connectionId, each, deployment, ['purchase-order']));
  return orders;
}
