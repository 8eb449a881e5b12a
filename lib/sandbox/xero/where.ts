import { unreadableQuery } from './refusals.ts';
import type { Shown } from './wire.ts';

const TERM = /^\s*([A-Za-z.]+)\s*(==|=|!=|>=|<=|>|<)\s*(.+?)\s*$/;

type Test = (record: Shown) => boolean;
type Value = string | number | boolean;

/**
 * Reads a `where` of comparisons joined by AND, such as `Type=="ACCPAY" AND Date>=DateTime(2026,1,31)`.
 * OR, brackets and functions of strings are refused, which the real server can do more with.
 */
export function parseWhere(where: string): Test {
  const terms = where.split(/\s+AND\s+|\s*&&\s*/i).map(parseTerm);
  return (record) => terms.every((holds) => holds(record));
}

function parseTerm(term: string): Test {
  const [, path, operator, literal] = TERM.exec(term) ?? [];
  if (!path || !operator || !literal) throw unreadableQuery(`Cannot read '${term}' in where`);
  const right = parseLiteral(literal);
  return (record) => {
    const left = valueAt(record, path);
    if (left === undefined) return operator === '!=';
    return compare(comparable(left, right), operator, right);
  };
}

function compare(left: Value, operator: string, right: Value): boolean {
  if (operator === '==' || operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (operator === '>=') return left >= right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left < right;
}

/** Dates are compared as milliseconds, GUIDs without case. */
function comparable(left: unknown, right: Value): Value {
  if (typeof left === 'number' || typeof left === 'boolean') return left;
  return typeof right === 'number' ? Date.parse(String(left)) : String(left);
}

function parseLiteral(text: string): Value {
  const quoted = /^"([^"]*)"$/.exec(text) ?? /^Guid\("([0-9a-f-]{36})"\)$/i.exec(text);
  if (quoted) return quoted[1]!;
  const date = /^DateTime\(\s*(\d+(?:\s*,\s*\d+){2,5})\s*\)$/i.exec(text);
  if (date) {
    const [year = 0, month = 1, ...rest] = date[1]!.split(',').map(Number);
    return Date.UTC(year, month - 1, ...rest);
  }
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw unreadableQuery(`Cannot read '${text}' in where`);
}

/** The value at a path such as `Contact.ContactID`. */
export function valueAt(record: Shown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => (inner as Shown | undefined)?.[name], record);
}
