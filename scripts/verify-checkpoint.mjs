// Checks a signed checkpoint of a Kabao ledger, and an export of its transfers against it. Needs Node 20 and nothing
// else: copy this file to a machine that the ledger's operator cannot reach.
//
//   node verify-checkpoint.mjs --checkpoint FILE [--transfers FILE] [--key PUBLIC-KEY-HEX]
//
// Format. A transfers file has one line of JSON per transfer, ["transfer", id, debitAccountId, creditAccountId, amount,
// code, kind, pendingId, timeoutAt, reference, createdAt], and after the transfers of each seal the line
// ["seal", number, transfersSoFar, sealedAt]. The chain begins as SHA-256("kabao ledger seal 1"); each line makes it
// SHA-256(chain ‖ SHA-256(line)). The signature is Ed25519 over the UTF-8 of
// JSON.stringify([format, seal, transfers, chain, sealedAt, signedAt]).
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { checkpoint: { type: 'string' }, transfers: { type: 'string' }, key: { type: 'string' } },
});
if (!values.checkpoint) {
  fail('node verify-checkpoint.mjs --checkpoint FILE [--transfers FILE] [--key PUBLIC-KEY-HEX]');
}
const checkpoint = JSON.parse(readFileSync(values.checkpoint, 'utf8'));
checkSignature();
if (values.transfers) await checkTransfers(values.transfers);

function checkSignature() {
  const { format, seal, transfers, chain, sealedAt, signedAt, publicKey, signature } = checkpoint;
  if (format !== 'kabao-checkpoint-1') fail('This is not a checkpoint of a form that this script knows.');
  if (values.key && values.key.toLowerCase() !== publicKey) fail(`It is signed by another key: ${publicKey}`);
  const key = createPublicKey({
    key: Buffer.from(`302a300506032b6570032100${publicKey}`, 'hex'),
    format: 'der',
    type: 'spki',
  });
  const text = JSON.stringify([format, seal, transfers, chain, sealedAt, signedAt]);
  if (!verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex')))
    fail('The signature does not fit.');
  console.log(`The signature fits: ${transfers} transfers up to seal ${seal}, signed ${signedAt}.`);
  if (!values.key)
    console.log(`The key is ${publicKey}. Compare it with the one you were given, or pass --key.`);
}

async function checkTransfers(file) {
  let chain = sha256('kabao ledger seal 1');
  let seals = 0;
  let transfers = 0;
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const [kind, ...fields] = parsed(line, seals + transfers + 1);
    if (kind === 'transfer') transfers += 1;
    else if (kind !== 'seal') fail(`Line ${seals + transfers + 1} is neither a transfer nor a seal.`);
    else {
      seals += 1;
      if (fields[0] !== String(seals) || fields[1] !== String(transfers)) {
        fail(`Seal ${fields[0]} after ${transfers} transfers: a line is missing or out of place before it.`);
      }
    }
    chain = sha256(Buffer.concat([chain, sha256(line)]));
    if (kind === 'seal' && fields[0] === checkpoint.seal) break;
  }
  if (String(seals) !== checkpoint.seal || String(transfers) !== checkpoint.transfers) {
    fail(
      `The file ends after ${transfers} transfers and ${seals} seals; the checkpoint has ${checkpoint.transfers} and ${checkpoint.seal}.`,
    );
  }
  if (chain.toString('hex') !== checkpoint.chain) {
    fail('The transfers are not those that were signed: one was changed, removed, inserted or moved.');
  }
  console.log(`The ${transfers} transfers of ${file} are those that were signed.`);
}

function parsed(line, number) {
  try {
    const content = JSON.parse(line);
    if (Array.isArray(content)) return content;
  } catch {}
  return fail(`Line ${number} is not a line of an export.`);
}

function sha256(content) {
  return createHash('sha256').update(content).digest();
}

function fail(words) {
  console.error(words);
  process.exit(1);
}
