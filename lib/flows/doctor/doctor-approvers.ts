import type { Connection } from '../../core/connection.ts';
import type { Finding } from './finding.ts';
import { examine, warning } from './finding.ts';
import { counted } from './in-words.ts';

/** Whether somebody is asked where a document exceeds a budget. */
export async function checkApprovers({ settings }: Connection): Promise<Finding[]> {
  const { approvers, budgetScope, overBilling } = settings;
  if (budgetScope === 'off' && overBilling !== 'approve') return [];
  return [
    await examine('approvers', async () => {
      const always = approvers.filter(({ projects, upTo }) => projects === undefined && upTo === undefined);
      if (always.length > 0) {
        return {
          level: 'ok',
          says: `${counted(approvers.length, 'person')} may approve what exceeds a budget.`,
        };
      }
      if (approvers.length === 0) {
        return warning(
          'Nobody is asked where a document exceeds a budget; it waits for the command line.',
          'Name approvers in the connection file and connect again, or decide with `ml-connector approvals approve`.',
        );
      }
      return warning(
        'No approver may decide on every project and every amount; what none of them may decide waits for the command line.',
        'Name somebody without projects and upTo in the connection file, and connect again.',
      );
    }),
  ];
}
