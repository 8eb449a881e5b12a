/** One call that came in, as far as tests ask about it. */
export interface Call {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** 0 where the connection was dropped. */
  status: number;
}

const KEPT = 1000;

/** Counts every call by endpoint and remembers the latest thousand. */
export function createCalls() {
  const counts = new Map<string, number>();
  const latest: Call[] = [];
  return {
    /** By endpoint, ids left out: `GET /Invoices`, `GET /PurchaseOrders/{id}`, `POST /connect/token`. */
    counts,
    latest,
    count: (endpoint: string) => counts.get(endpoint) ?? 0,
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    record(call: Call): void {
      const endpoint = `${call.method} ${endpointOf(call.path)}`;
      counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1);
      latest.push(call);
      if (latest.length > KEPT) latest.shift();
    },
    reset(): void {
      counts.clear();
      latest.length = 0;
    },
  };
}

export type Calls = ReturnType<typeof createCalls>;

function endpointOf(path: string): string {
  const inner = path.replace('/api.xro/2.0', '');
  return inner
    .replace(/^\/(?!connect\/|identity\/)(\w+)\/[^/]+/, '/$1/{id}')
    .replace(/\/Attachments\/.+$/, '/Attachments/{id}');
}
