export { type Contact, maskContact, parseContact } from './contact';
export { forEachPagedRow, forEachRow, type RowFailure, RowsFailed } from './each-row';
export { type Id, type IdPrefix, newId, parseId } from './ids';
export { InvariantViolation, invariant, unreachable } from './invariant';
export { allocate, type Currency, formatMoney, type Money, moneyParts, parseMoney } from './money';
export { ok, type Result, refuse } from './result';
export { isStorableText } from './text';
export {
  addMonths,
  type CalendarDay,
  DAY_MS,
  dayIn,
  endOfDay,
  formatDay,
  HOUR_MS,
  instantIn,
  isZone,
  MINUTE_MS,
  parseDay,
  plusMs,
  SECOND_MS,
} from './time';
export { withTimeLimit } from './time-limit';
