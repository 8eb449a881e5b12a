import { randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import type { RunningServer } from './http-server.ts';
import { ACCOUNT } from './identity.ts';
import { entriesOf, startQueryService } from './query-service.ts';

/** A mail as it reached somebody. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export interface SnsOptions {
  port?: number;
  /** ARNs of the topics that there are. */
  topics: string[];
  /** Whether people confirm a subscription as soon as they are asked to; by default they do when told. */
  confirmAtOnce?: boolean;
  /** Is told of each mail that arrives. */
  deliver?(mail: Mail): void;
}

export interface RunningSns extends RunningServer {
  /** What reached people, oldest first. */
  mails(): Mail[];
  /** The person follows the link of AWS's own mail. Throws where nobody asked. */
  confirm(email: string): void;
}

interface Subscription {
  topic: string;
  email: string;
  arn: string;
  confirmed: boolean;
  filter: Record<string, string[]> | undefined;
}

/** Serves SNS as far as mail goes: topics, subscriptions that people must confirm, filter policies, publishing. */
export async function startSns({
  topics,
  confirmAtOnce = false,
  deliver,
  port,
}: SnsOptions): Promise<RunningSns> {
  const subscriptions: Subscription[] = [];
  const mails: Mail[] = [];
  const topicOf = (form: URLSearchParams) => {
    const arn = form.get('TopicArn') ?? '';
    if (topics.includes(arn)) return arn;
    throw new AwsError('NotFound', 'Topic does not exist', 404);
  };
  const server = await startQueryService(
    {
      Subscribe(form) {
        const topic = topicOf(form);
        const email = form.get('Endpoint') ?? '';
        if (form.get('Protocol') !== 'email') throw invalid('Protocol', 'only email is served here');
        if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw invalid('Endpoint', 'not an e-mail address');
        const filter = filterOf(entriesOf(form, 'Attributes', 'key', 'value').get('FilterPolicy'));
        const known = subscriptions.find((one) => one.topic === topic && one.email === email);
        const subscription = known ?? newSubscription(topic, email, filter, confirmAtOnce);
        if (!known) subscriptions.push(subscription);
        return { SubscriptionArn: subscription.confirmed ? subscription.arn : 'pending confirmation' };
      },
      ListSubscriptionsByTopic(form) {
        const topic = topicOf(form);
        const found = subscriptions.filter((one) => one.topic === topic);
        return {
          Subscriptions: found.map(({ arn, confirmed, email }) => ({
            TopicArn: topic,
            Protocol: 'email',
            SubscriptionArn: confirmed ? arn : 'PendingConfirmation',
            Owner: ACCOUNT,
            Endpoint: email,
          })),
        };
      },
      Publish(form) {
        const topic = topicOf(form);
        const [subject, text] = [form.get('Subject') ?? '', form.get('Message') ?? ''];
        checkMail(subject, text);
        const attributes = attributesOf(form);
        for (const { email, filter } of subscriptions.filter((one) => one.topic === topic && one.confirmed)) {
          if (!passes(filter, attributes)) continue;
          const mail = { to: email, subject, text };
          mails.push(mail);
          deliver?.(mail);
        }
        return { MessageId: randomUUID() };
      },
    },
    'http://sns.amazonaws.com/doc/2010-03-31/',
    port,
  );
  return {
    ...server,
    mails: () => [...mails],
    confirm(email) {
      const asked = subscriptions.filter((one) => one.email === email);
      if (asked.length === 0) throw new Error(`Nobody asked ${email} to confirm anything`);
      for (const subscription of asked) subscription.confirmed = true;
    },
  };
}

function newSubscription(
  topic: string,
  email: string,
  filter: Subscription['filter'],
  confirmed: boolean,
): Subscription {
  return { topic, email, filter, confirmed, arn: `${topic}:${randomUUID()}` };
}

/** Policies of exact words are known here, and no others. */
function filterOf(policy: string | undefined): Subscription['filter'] {
  if (policy === undefined) return undefined;
  try {
    const filter = JSON.parse(policy) as Record<string, string[]>;
    const isKnown = Object.values(filter).every((words) => words.every((word) => typeof word === 'string'));
    if (isKnown) return filter;
  } catch {
    // Told below.
  }
  throw invalid('FilterPolicy', 'failed to parse');
}

function passes(filter: Subscription['filter'], attributes: Map<string, string>): boolean {
  return Object.entries(filter ?? {}).every(([name, words]) => words.includes(attributes.get(name) ?? ''));
}

function attributesOf(form: URLSearchParams): Map<string, string> {
  const types = entriesOf(form, 'MessageAttributes', 'Name', 'Value.DataType');
  for (const type of types.values()) {
    if (type !== 'String') throw invalid('MessageAttributes', `${type} is not served here`);
  }
  return entriesOf(form, 'MessageAttributes', 'Name', 'Value.StringValue');
}

/** SNS docs, Publish: subjects are short ASCII without line breaks, messages are up to 256 KB and not empty. */
function checkMail(subject: string, text: string): void {
  if (!/^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(subject)) throw invalid('Subject', 'Subject');
  if (text === '') throw invalid('Message', 'Empty message');
  if (Buffer.byteLength(text) > 256 * 1024) throw invalid('Message', 'Message too long');
}

function invalid(parameter: string, reason: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${parameter} Reason: ${reason}`);
}
