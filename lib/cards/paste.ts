import { normaliseNumber } from './number';
import { normalisePassword } from './password';

export interface PastedCard {
  /** Digits alone. */
  readonly number: string;
  /** As it stood there. */
  readonly password: string;
}

/**
 * Splits what people paste from a message or a list, such as `卡号：9101 2345 6789 0123 密码：7K2M-9QXA-1ZMD-55TV`, into
 * number and password; `null` when the text does not clearly hold one of each: then it is pasted as it is.
 */
export function splitPasted(text: string): PastedCard | null {
  if (text.length > MAX_LENGTH) return null;
  const plain = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .trim();
  return byLabels(plain) ?? bySeparator(plain) ?? byShape(plain);
}

const MAX_LENGTH = 400;

const NUMBER_LABEL = /(?:卡\s*号码?|卡號|card\s*(?:number|no\.?)|number|no\.)[\s:=是为]*/i;
const PASSWORD_LABEL = /(?:卡?\s*密码|卡?\s*密碼|卡密|口令|password|passcode|pin|code)[\s:=是为]*/i;

function byLabels(text: string) {
  const number = NUMBER_LABEL.exec(text);
  const password = PASSWORD_LABEL.exec(text);
  if (!password) return null;
  const after = (match: RegExpExecArray, other: RegExpExecArray | null) =>
    text.slice(match.index + match[0].length, other && other.index > match.index ? other.index : undefined);
  const numberPart = number ? after(number, password) : text.slice(0, password.index);
  return pair(
    leading(numberPart, /^[\d\s-]+/),
    leading(after(password, number), /^[^\s,;。、]+(?:[\s-]+[0-9a-z]{4})*/i),
  );
}

function bySeparator(text: string) {
  const [number = '', password = ''] = text.split(/\s*[,;|/\t\n]\s*/).filter((part) => part !== '');
  return pair(number, password);
}

// 16 digits in groups or in one piece, then the rest; otherwise two words, of which the second has a letter: a number
// may itself be grouped in two.
function byShape(text: string) {
  const grouped = /^((?:\d{4}[\s-]?){4})(?:[\s-]+|(?<=[\s-]))(\S.*)$/.exec(text);
  const words = /^(\d{8,19})\s+(?=\S*[a-z])(\S+)$/i.exec(text);
  return pair(grouped?.[1] ?? '', grouped?.[2] ?? '') ?? pair(words?.[1] ?? '', words?.[2] ?? '');
}

function leading(text: string, shape: RegExp): string {
  return shape.exec(text)?.[0] ?? '';
}

function pair(numberPart: string, passwordPart: string): PastedCard | null {
  const number = normaliseNumber(numberPart);
  const password = passwordPart.trim();
  return number !== null && normalisePassword(password) !== null ? { number, password } : null;
}
