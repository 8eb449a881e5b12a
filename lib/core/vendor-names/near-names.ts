import type { Likeness } from './compare-names.ts';
import { compareNames } from './compare-names.ts';
import { readingsOf } from './read-name.ts';

/** Finds names that are near one another among very many. */
export interface NearNames {
  add(name: string): void;
  /** The nearest by their place in the order of adding, best first. */
  find(name: string): (Likeness & { at: number })[];
}

/** So many names are compared word by word, however many there are. */
const COMPARED = 64;
/** More readings of names than any company has. */
const MOST = 1e9;

/** Sifts all names by the pairs of letters that they share, and compares the nearest. Builds nothing before it is asked. */
export function indexNearNames(): NearNames {
  const names: string[] = [];
  /** Of each reading: whose it is, and how many pairs it has. */
  const owners: number[] = [];
  const sizes: number[] = [];
  const readingsWith = new Map<string, number[]>();
  let built = 0;

  function build(): void {
    for (; built < names.length; built++) {
      for (const { words } of readingsOf(names[built]!)) {
        const pairs = pairsOf(words);
        const row = owners.push(built) - 1;
        sizes.push(pairs.size);
        for (const pair of pairs) append(readingsWith, pair, row);
      }
    }
  }

  function nearest(pairs: Set<string>, most: number): number[] {
    const wanted = pairs.size;
    const shared = new Uint16Array(owners.length);
    for (const pair of pairs) {
      const rows = readingsWith.get(pair) ?? [];
      for (let at = 0; at < rows.length; at++) shared[rows[at]!]!++;
    }
    const ranked: number[] = [];
    for (let row = 0; row < shared.length; row++) {
      const count = shared[row]!;
      if (count === 0) continue;
      const size = sizes[row]!;
      const less = size < wanted ? size : wanted;
      if (count * 2 < less) continue;
      // What a longer name adds weighs less than what the shorter one lacks.
      const nearness = count / less + count / (size + wanted - less) / 2;
      ranked.push(Math.floor(nearness * 1000) * MOST + row);
    }
    const best = Float64Array.from(ranked).sort().slice(-most);
    return Array.from(best, (rank) => owners[rank % MOST]!);
  }

  return {
    add: (name) => void names.push(name),
    find(name) {
      build();
      const readings = readingsOf(name);
      const most = Math.ceil(COMPARED / readings.length);
      const places = new Set(readings.flatMap(({ words }) => nearest(pairsOf(words), most)));
      return [...places]
        .flatMap((at) => {
          const likeness = compareNames(readings, readingsOf(names[at]!));
          return likeness ? [{ at, ...likeness }] : [];
        })
        .sort((a, b) => b.score - a.score || a.at - b.at);
    },
  };
}

/** Puts one more behind what the key already has. */
export function append<T>(index: Map<string, T[]>, key: string, item: T): void {
  const same = index.get(key);
  if (same) same.push(item);
  else index.set(key, [item]);
}

/** Neighbours within a word, and its beginning. */
function pairsOf(words: string[]): Set<string> {
  const text = ` ${words.join(' ')}`;
  const pairs = new Set<string>();
  for (let at = 1; at < text.length; at++) if (text[at] !== ' ') pairs.add(text.slice(at - 1, at + 1));
  return pairs;
}
