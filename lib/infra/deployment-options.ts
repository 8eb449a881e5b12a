import type { Node } from 'constructs';
import * as z from 'zod';

const url = z.url({ protocol: /^https?$/ });

const schema = z.object({
  xeroApiUrl: url.default('https://api.xero.com'),
  xeroIdentityUrl: url.default('https://identity.xero.com'),
  /** Where people consent. */
  xeroLoginUrl: url.default('https://login.xero.com/identity'),
  procoreApiUrl: url.default('https://api.procore.com'),
  procoreLoginUrl: url.default('https://login.procore.com'),
  /** Who is mailed when an alarm goes off; nobody without it (the topic can be subscribed to later). */
  operatorEmail: z.email().optional(),
});

/** What a deployment may choose: the vendors' addresses and who is told of alarms. */
export type DeploymentOptions = z.infer<typeof schema>;

/**
 * Reads the options from the app's context (`cdk deploy -c operatorEmail=…`), with defaults.
 * Throws an error that names every option which does not fit.
 */
export function deploymentOptions(node: Pick<Node, 'tryGetContext'>): DeploymentOptions {
  const given = Object.keys(schema.shape).map((name) => [name, node.tryGetContext(name)]);
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  throw new Error(`The context of this deployment does not fit:\n${z.prettifyError(parsed.error)}`);
}
