export { drawPicture } from './draw-picture';
export { issueDrawnChallenge } from './drawn-challenge';
export { forgetCaptchas } from './forget-captchas';
export type { CaptchaContext, CaptchaRefusal } from './model';
export { createProofOfWork, type ProofOfWorkChallenge } from './proof-of-work';
export { CAPTCHA_FIELDS, DIGIT_COUNT } from './schemas';
export { speakDigits } from './speak-digits';
export { verifyCaptcha } from './verify-captcha';
