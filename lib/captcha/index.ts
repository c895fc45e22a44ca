export { drawPicture } from './draw-picture';
export { issueDrawnChallenge } from './drawn-challenge';
export { forgetCaptchas } from './forget-captchas';
export { createProofOfWork } from './proof-of-work';
export { CAPTCHA_FIELDS } from './schemas';
export { speakDigits } from './speak-digits';
export { verifyCaptcha } from './verify-captcha';
