/**
 * What the bundles of the functions carry in place of `@smithy/core/event-streams`, 15 KB that the SDK's protocols
 * load for operations which answer or take a stream of events. No operation of DynamoDB, SQS, KMS and EventBridge is
 * one.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error('The bundle was built without event streams (lib/infra/bundling.ts)');
  }
}

export function eventStreamSerdeProvider(): never {
  throw new Error('The bundle was built without event streams (lib/infra/bundling.ts)');
}
