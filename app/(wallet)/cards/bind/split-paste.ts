export interface PastedCard {
  readonly number: string;
  readonly password: string;
}

/**
 * Parts a pasted message that holds both number and password ("卡号 9101… 密码 7K2M…", two lines, a row of a table).
 * `null` when it does not clearly hold both: then the text is pasted as it is.
 */
export function splitPaste(text: string): PastedCard | null {
  const plain = text.normalize('NFKC').trim();
  if (plain.length > 400) return null;
  return labelled(plain) ?? twoParts(plain);
}

const NUMBER_LABEL = /(?:卡号|编号|card\s*(?:number|no\.?)?)\s*[::]?\s*(\d[\d\s-]{6,30}\d)/i;
const PASSWORD_LABEL = /(?:密码|卡密|口令|password|pin|pwd)\s*[::]?\s*([\w-][\w\s-]{4,60}[\w-])/i;

function labelled(text: string): PastedCard | null {
  const number = NUMBER_LABEL.exec(text)?.[1];
  const password = PASSWORD_LABEL.exec(text)?.[1]?.split(/\n|\s{2,}/)[0];
  return number && password ? cardOf(number, password) : null;
}

/** Without labels only a line end, a tab, a comma or a letter in the second part tells a password from more digits. */
function twoParts(text: string): PastedCard | null {
  const apart = /^(\d[\d -]{6,30}\d)\s*[\n\t,;|/]\s*([\w-][\w -]{4,60}[\w-])$/.exec(text);
  const inline = /^((?:\d[ -]?){8,19}) +((?=[\w-]*[a-z])[\w-]{6,64})$/i.exec(text);
  const found = apart ?? inline;
  return found?.[1] && found[2] ? cardOf(found[1], found[2]) : null;
}

function cardOf(number: string, password: string): PastedCard | null {
  const digits = number.replace(/\D/g, '');
  return digits.length >= 8 && digits.length <= 19 ? { number: digits, password: password.trim() } : null;
}
