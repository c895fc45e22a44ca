/**
 * Opens an account for somebody who works here: `npm run staff:create -- --login L --name N --role support`.
 * The password comes from the terminal (not shown) or a pipe; `--generate` makes one and prints it once. It is never
 * an argument: those stay in the shell's history and in the list of processes.
 */
import { randomInt } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { database } from '../lib/database';
import { type CreateStaffRefusal, createStaff } from '../lib/identity';
import { unreachable } from '../lib/kernel';

const USAGE = `npm run staff:create -- --login L --name N --role support|supervisor [--generate]

  --login     phone number or e-mail address
  --name      what colleagues and the audit log call them
  --role      support, or supervisor (may also confirm what is dangerous)
  --generate  make a password and print it once; otherwise it is asked for, or read from a pipe`;

const { values } = parseArgs({
  options: {
    login: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    generate: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const { login, name } = values;
const role = (['support', 'supervisor'] as const).find((known) => known === values.role);
if (values.help) finish(USAGE);
if (!login || !name || !role) fail(USAGE);

const password = values.generate ? generatedPassword() : await givenPassword();
const context = { db: database(), now: new Date() };
const result = await createStaff(context, { login, name, role, password, locale: 'zh-CN' });
if (!result.ok) fail(refusalWords(result.refusal));
if (values.generate) console.log(`Password, shown only now: ${password}`);
finish(`${name} can sign in as ${login} with the role ${role}.`);

/** Five groups of five from 32 characters that nobody confuses: 125 bits. */
function generatedPassword(): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: 5 }, group).join('-');
}

async function givenPassword(): Promise<string> {
  const { stdin } = process;
  if (!stdin.isTTY) return firstLineOf(stdin);
  const first = await ask('Password (not shown): ');
  if (first !== (await ask('Once more: '))) fail('The two are not the same.');
  return first;
}

async function firstLineOf(input: NodeJS.ReadStream): Promise<string> {
  for await (const line of createInterface({ input })) return line;
  return fail('No password came through the pipe.');
}

/** Asks without echoing what is typed. */
function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve) => {
    terminal.question('', (answer) => {
      terminal.close();
      process.stderr.write('\n');
      resolve(answer);
    });
  });
}

function refusalWords(refusal: CreateStaffRefusal): string {
  switch (refusal.code) {
    case 'login_invalid':
      return 'That login is neither a phone number nor an e-mail address.';
    case 'login_taken':
      return 'Somebody is registered with that login.';
    case 'password_too_short':
      return 'The password needs at least 8 characters.';
    case 'password_too_long':
      return 'The password can have at most 128 characters.';
    case 'password_is_login':
    case 'password_personal':
      return 'The password contains the login or the name.';
    case 'password_common':
    case 'password_pattern':
    case 'password_weak':
      return 'The password is easy to guess: take a longer one, or --generate.';
    default:
      return unreachable(refusal);
  }
}

function finish(words: string): never {
  console.log(words);
  process.exit(0);
}

function fail(words: string): never {
  console.error(words);
  process.exit(1);
}
