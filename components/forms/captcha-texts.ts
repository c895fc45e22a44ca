import { getLocale, getTranslations } from 'next-intl/server';
import { DIGIT_COUNT } from '@/lib/captcha/schemas';

/** The words of `CaptchaField`, in the reader's language. */
export interface CaptchaTexts {
  readonly locale: string;
  readonly label: string;
  readonly notRobot: string;
  readonly notRobotDetail: string;
  readonly working: string;
  readonly passed: string;
  readonly failed: string;
  readonly otherWay: string;
  readonly backToProof: string;
  readonly digits: string;
  readonly digitsHint: string;
  readonly picture: string;
  readonly listen: string;
  readonly listening: string;
  readonly renew: string;
  readonly renewed: string;
  readonly loadFailed: string;
}

/** Made on the server and handed to the client component. */
export async function captchaTexts(): Promise<CaptchaTexts> {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('captcha')]);
  const count = DIGIT_COUNT;
  return {
    locale,
    label: t('label'),
    notRobot: t('notRobot'),
    notRobotDetail: t('notRobotDetail'),
    working: t('working'),
    passed: t('passed'),
    failed: t('failed'),
    otherWay: t('otherWay'),
    backToProof: t('backToProof'),
    digits: t('digits', { count }),
    digitsHint: t('digitsHint'),
    picture: t('picture', { count }),
    listen: t('listen'),
    listening: t('listening'),
    renew: t('renew'),
    renewed: t('renewed'),
    loadFailed: t('loadFailed'),
  };
}
