/** Names of the form fields that carry a captcha's answer; shared by the form and the server. */
export const CAPTCHA_FIELDS = {
  /** The solved proof of work, base64 of JSON. */
  proof: 'captchaProof',
  /** Which drawn picture the digits belong to. */
  drawn: 'captchaDrawn',
  /** What a person read or heard. */
  digits: 'captchaDigits',
  /** The button that, without JavaScript, asks for other digits. */
  renew: 'captchaRenew',
} as const;

/** How many digits a picture shows. */
export const DIGIT_COUNT = 5;
