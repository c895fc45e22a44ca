/** Ends with 1 and says what to set when the server could not start with this environment. */
import { ConfigurationError, env } from '../lib/env';

try {
  env();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exit(1);
}
