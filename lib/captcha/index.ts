export { drawPicture } from './draw-picture';
export { issueDrawnChallenge } from './drawn-challenge';
export { CAPTCHA_FIELDS, DIGIT_COUNT } from './fields';
export { forgetCaptchas } from './forget-captchas';
export type { CaptchaContext, CaptchaRefusal } from './model';
export { createProofOfWork, type ProofOfWorkChallenge } from './proof-of-work';
export { speakDigits } from './speak-digits';
export { verifyCaptcha } from './verify-captcha';
