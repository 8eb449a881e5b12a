import { plainCode } from '../near-codes.ts';
import type { ProjectCodes } from '../project-codes.ts';
import { append, indexNearNames } from '../vendor-names/near-names.ts';
import { readName } from '../vendor-names/read-name.ts';

/** A cost code that lines can be booked on, as one of the projects calls it. */
export interface ListedCode {
  code: string;
  name: string;
}

/** A cost code that may be meant; `sure` where it is hardly another. */
export interface FoundCode extends ListedCode {
  sure: boolean;
}

/** The cost codes of several projects as one list, to be found by code and by name. */
export interface CodeList {
  /** Those that are written alike, punctuation and leading zeros aside. */
  byCode(text: string): FoundCode[];
  /** Those of the same name, else those of a near one, the nearest first. */
  byName(text: string): FoundCode[];
  /** The cost types, by their code, with which the cost code is budgeted. */
  typesOf(code: string): Set<string>;
  /** The code of a cost type that a rule may name by its name. */
  typeCode(text: string): string;
}

/** Nearer names differ by a slip or an abbreviation; `Concrete` and `Concrete Reinforcing` are two things. */
const SURE = 0.9;

export function listCodes(projects: Pick<ProjectCodes, 'costCodes' | 'costTypes' | 'wbsCodes'>[]): CodeList {
  const listed = new Map<string, ListedCode>();
  for (const { costCodes } of projects) {
    for (const { code, name, leaf } of costCodes) if (leaf) listed.set(`${code} ${name}`, { code, name });
  }
  const codes = [...listed.values()];
  const byPlainCode = new Map<string, ListedCode[]>();
  const byPlainName = new Map<string, ListedCode[]>();
  const near = indexNearNames();
  for (const it of codes) {
    append(byPlainCode, plainCode(it.code), it);
    append(byPlainName, plainName(it.name), it);
    near.add(it.name);
  }
  const types = budgetedTypes(projects);
  const typeCodes = new Map(
    projects.flatMap(({ costTypes }) => costTypes.map(({ code, name }) => [name, code])),
  );
  return {
    byCode: (text) =>
      onePerCode(
        (byPlainCode.get(plainCode(text)) ?? []).map((it) => ({ ...it, sure: isSameCode(text, it.code) })),
      ),
    byName(text) {
      const equal = byPlainName.get(plainName(text))?.map((it) => ({ ...it, sure: true }));
      return onePerCode(
        equal ?? near.find(text).map(({ at, score }) => ({ ...codes[at]!, sure: score >= SURE })),
      );
    },
    typesOf: (code) => types.get(code) ?? new Set(),
    typeCode: (text) => typeCodes.get(text) ?? text,
  };
}

/** By the WBS codes that stand in the projects: `03-300.M`. */
function budgetedTypes(projects: Parameters<typeof listCodes>[0]): Map<string, Set<string>> {
  const types = new Map<string, Set<string>>();
  for (const { costCodes, costTypes, wbsCodes } of projects) {
    const standing = new Set(wbsCodes.map(({ code }) => code));
    for (const { code } of costCodes) {
      for (const type of costTypes) {
        if (!standing.has(`${code}.${type.code}`)) continue;
        types.set(code, (types.get(code) ?? new Set()).add(type.code));
      }
    }
  }
  return types;
}

function onePerCode(found: FoundCode[]): FoundCode[] {
  return [...new Map(found.toReversed().map((it) => [it.code, it])).values()].reverse();
}

/** Account 5100 is 05-100 by chance alone; 05100 and 5-100 are it. */
function isSameCode(a: string, b: string): boolean {
  const bare = (code: string) => code.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const parts = (code: string) =>
    code
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .map(plainCode)
      .join('-');
  return bare(a) === bare(b) || parts(a) === parts(b);
}

function plainName(name: string): string {
  return readName(name).words.join(' ') || name.trim().toLowerCase();
}
