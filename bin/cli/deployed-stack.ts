import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Stop } from '../../lib/core/errors.ts';
import type { Surroundings } from './surroundings.ts';

/** Reads the outputs of a deployed stack. Throws Stop('stack-unreadable') saying what AWS said. */
export async function findStack(stack: string, profile: string | undefined): Promise<Surroundings> {
  const client = new CloudFormationClient(profile === undefined ? {} : { profile });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const outputs = (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
      OutputKey,
      OutputValue,
    ]);
    return {
      outputs: Object.fromEntries(outputs),
      vendors: {},
      aws: {
        AWS_REGION: await client.config.region(),
        ...(profile !== undefined && { AWS_PROFILE: profile }),
      },
    };
  } catch (error) {
    throw new Stop('stack-unreadable', { facts: { stack, reason: String(error) }, cause: error });
  } finally {
    client.destroy();
  }
}
