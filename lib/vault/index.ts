export { currentKey } from './keys';
export { reseal, type SealSubject, seal, unseal } from './seal';
