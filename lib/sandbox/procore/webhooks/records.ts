/*
 * What the sandbox remembers of webhooks. All of it is part of a company and so of its snapshots.
 */

export const PAYLOAD_VERSIONS = ['v2.0', 'v3.0', 'v4.0'] as const;
export type PayloadVersion = (typeof PAYLOAD_VERSIONS)[number];

export const EVENT_TYPES = ['create', 'update', 'delete'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export interface Trigger {
  id: number;
  resource: string;
  eventType: EventType;
  userId: number;
}

/** One change of one record, as every hook that asked for it is told. */
export interface WebhookEvent {
  id: number;
  ulid: string;
  /** ISO text with microseconds. */
  timestamp: string;
  type: EventType;
  resource: string;
  resourceId: number;
  companyId: number;
  /** Null for records of the company. */
  projectId: number | null;
  /** Who made the change. */
  userId: number;
  /** The application through which it was made, null for people. */
  applicationId: number | null;
  /** Parents of line items. */
  related: { id: number; name: string }[];
}

/** One attempt to deliver an event, or its being given up. */
export interface Delivery {
  event: WebhookEvent;
  /** What was sent, in the hook's payload version at that time. */
  payload: object;
  outcome: 'ok' | 'retried' | 'failed' | 'discarded';
  startedAt: string;
  completedAt: string;
  status: number | null;
  headers: Record<string, string>;
  body: string | null;
  error: string | null;
}

export interface Hook {
  id: number;
  /** The app that made the hook: no other sees it. */
  clientId: string;
  userId: number;
  /** Null for a hook of the company. */
  projectId: number | null;
  namespace: string;
  payloadVersion: PayloadVersion;
  destinationUrl: string;
  authorization: string | null;
  status: 'active' | 'disabled';
  triggers: Trigger[];
  /** Events still to be delivered, oldest first. */
  waiting: WebhookEvent[];
  /** Latest first. */
  deliveries: Delivery[];
  /** Failed attempts since the last success. */
  failures: number;
  /** Epoch milliseconds of the first of them. */
  failingSince: number | null;
  /** Epoch milliseconds before which nothing is sent. */
  pausedUntil: number;
  created_at: string;
  updated_at: string;
}
