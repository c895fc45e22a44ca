import { HOUR_MS, plusMs } from '../kernel';
import type { CaptchaContext } from './model';
import { deleteExpired } from './store';

/** Removes the rows of captchas that ended over an hour ago (clocks of several processes may differ); returns how many. */
export function forgetCaptchas({ db, now }: Pick<CaptchaContext, 'db' | 'now'>): Promise<number> {
  return deleteExpired(db, plusMs(now, -HOUR_MS));
}
