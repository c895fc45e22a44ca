// ALTCHA's own solver: it waits for a challenge and answers with the solution.
import 'altcha/workers/pbkdf2';
