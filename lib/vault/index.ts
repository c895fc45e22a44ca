export { currentKey } from './keys';
export { resealAll, type SealedRows } from './reseal-all';
export { reseal, type SealSubject, seal, unseal } from './seal';
