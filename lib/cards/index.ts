export { type CardKeys, cardKeys } from './keys';
export {
  type BindRefusal,
  type Card,
  type CardColours,
  type CardObstacle,
  type CardState,
  type CardStatus,
  EXPIRING_SOON_DAYS,
  type MoveRefusal,
  type Programme,
} from './model';
export { seedProgrammes } from './seed-programmes';
