/**
 * Cards of a shopper for which something can be asked: `tsx e2e/prepare-services.ts <id of the shopper>` prints their ids as
 * JSON.
 */
import { invariant, parseId } from '../lib/kernel';
import { addCardServices } from './card-services';

const userId = parseId('usr', process.argv[2] ?? '');
invariant(userId, 'a shopper has an id');
process.stdout.write(JSON.stringify(await addCardServices(userId)));
process.exit(0);
