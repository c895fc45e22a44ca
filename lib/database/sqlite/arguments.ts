import type { ArgType, SqlQuery } from '@prisma/driver-adapter-utils';
import type { SqlValue } from './protocol';

/**
 * A query's arguments as SQLite stores them. An instant is ISO-8601 text in UTC with milliseconds and Z, so that text
 * order is time order and SQL written by hand agrees with Prisma.
 */
export function sqlArguments(query: SqlQuery): SqlValue[] {
  return query.args.map((value, index) => sqlArgument(value, query.argTypes[index]));
}

function sqlArgument(value: unknown, type: ArgType | undefined): SqlValue {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string':
      return fromText(value, type);
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      return fromObject(value);
  }
}

function fromText(text: string, type: ArgType | undefined): SqlValue {
  switch (type?.scalarType) {
    case 'int':
      return Number.parseInt(text, 10);
    case 'bigint':
      return BigInt(text);
    case 'float':
    case 'decimal':
      return Number.parseFloat(text);
    case 'datetime':
      return new Date(text).toISOString();
    case 'bytes':
      return ownBytes(Buffer.from(text, 'base64'));
    default:
      return text;
  }
}

function fromObject(value: unknown): SqlValue {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return ownBytes(value);
  throw new TypeError(`SQLite stores no value of type ${Object.prototype.toString.call(value)}`);
}

/** Cloning a view to another thread clones the whole buffer under it, and small Buffers share one of 8 KB. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
