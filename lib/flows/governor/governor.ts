import type { Connection } from '../../core/connection.ts';
import { dayAhead } from '../../core/governor/ahead.ts';
import type { Gate } from '../../core/governor/gate.ts';
import { xeroRules } from '../../core/governor/rules.ts';
import type { DayAhead } from '../../core/poll-interval.ts';
import type { Clock } from '../../core/ports.ts';
import type { Priority } from '../../core/priority.ts';
import type { ProcoreAllowance } from '../../procore/allowance.ts';
import type { Account, Limits } from '../../store/limits.ts';
import type { GovernedGate } from './governed-gate.ts';
import { openGovernedGate } from './governed-gate.ts';
import type { GovernedVendor } from './vendors.ts';
import { PROCORE, xeroVendor } from './vendors.ts';

/** Keeps all processes of the deployment together within what the vendors allow each account. */
export interface Governor {
  /** What every call to Xero for this connection passes. */
  xero(connection: Connection, priority: Priority): Gate;
  /**
   * The same for Procore. It counts the calls of an app, so connections share what they have the same app for, of
   * whichever company.
   */
  procore(connection: Connection, priority: Priority): Gate;
  /** What is left of Xero's day for this connection, as far as is known. */
  xeroDay(connection: Connection): Promise<DayAhead>;
  /** What Procore last said of the window that is nearest to running out, as long as that lasts. */
  procoreWindow(connection: Connection): Promise<ProcoreAllowance | undefined>;
  /** Gives back what this process does not use any more: to be called before it stops or is frozen. */
  rest(): Promise<void>;
}

export function openGovernor(limits: Limits, clock: Clock): Governor {
  const gates = new Map<string, { account: Account; gate: GovernedGate }>();

  function gate(account: Account, vendor: GovernedVendor, priority: Priority): Gate {
    // The rules, too: a setting may have changed since.
    const name = JSON.stringify([account, vendor.rules, priority]);
    const known = gates.get(name)?.gate;
    if (known) return known;
    const makeRoom = async () => {
      const others = [...gates.entries()].filter(
        ([
          other,
          {
            account: { vendor, id },
          },
        ]) => other !== name && vendor === account.vendor && id === account.id,
      );
      return (await Promise.all(others.map(([, each]) => each.gate.rest()))).some(Boolean);
    };
    const opened = openGovernedGate({ limits, clock, account, vendor, priority, makeRoom });
    gates.set(name, { account, gate: opened });
    return opened;
  }

  return {
    xero: ({ id, settings }, priority) =>
      gate({ vendor: 'xero', id }, xeroVendor(settings.xeroDailyCalls), priority),
    procore: ({ procore }, priority) => gate({ vendor: 'procore', id: procore.clientId }, PROCORE, priority),
    async xeroDay({ id, settings }) {
      const state = await limits.get({ vendor: 'xero', id });
      return dayAhead(state, xeroRules(settings.xeroDailyCalls), clock.now().getTime());
    },
    async procoreWindow({ procore }) {
      const { windows } = await limits.get({ vendor: 'procore', id: procore.clientId });
      const now = clock.now().getTime();
      const told = Object.values(windows).flatMap(({ limit, seen, reset }) =>
        limit !== undefined && seen && reset && reset.by > now
          ? [{ limit, remaining: seen.remaining, resetsAt: new Date(reset.by) }]
          : [],
      );
      return told.toSorted((a, b) => a.remaining / a.limit - b.remaining / b.limit)[0];
    },
    rest: async () => {
      await Promise.all([...gates.values()].map((each) => each.gate.rest()));
    },
  };
}
