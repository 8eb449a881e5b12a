/** Somebody with a login at Xero. */
export interface Person {
  /** Xero's user id; also what `login_hint` names. */
  id: string;
  name: string;
  /** Tenant ids of the organisations that the person works in; all of the sandbox's where it is left out. */
  organisations?: string[];
}

/** Who consents where nobody is named. */
export const OWNER: Person = { id: '6f3c1f0e-52ad-4e0b-9d57-1f2a8c3b7e90', name: 'Robin Hale' };

/** The people of the sandbox, and which organisations each may use at present. */
export function createPeople() {
  const people = new Map([[OWNER.id, OWNER]]);
  const lost = new Set<string>();
  const right = (personId: string, tenantId: string) => `${personId} ${tenantId}`;

  function find(id: string): Person {
    const person = people.get(id);
    if (!person) throw new Error(`There is no person ${id}`);
    return person;
  }

  return {
    add(person: Person): void {
      people.set(person.id, person);
    },
    all: () => [...people.values()],
    has: (id: string) => people.has(id),
    /** Throws where there is no such person. */
    find,
    mayUse: (id: string, tenantId: string) =>
      !lost.has(right(id, tenantId)) && (find(id).organisations?.includes(tenantId) ?? true),
    loseAccess(id: string, tenantId: string): void {
      lost.add(right(find(id).id, tenantId));
    },
    regainAccess(id: string, tenantId: string): void {
      lost.delete(right(id, tenantId));
    },
  };
}

export type People = ReturnType<typeof createPeople>;
