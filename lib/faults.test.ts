import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { testEnvironment } from './database/testing/environment';
import { ConfigurationError, readEnv } from './env';

/** Runs `script` in a process of its own, with `armFault` and `reach` at hand. */
function run(script: string) {
  const source = `import { armFault, reach } from './lib/faults.ts';\n${script}`;
  const { signal, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', source],
    { encoding: 'utf8' },
  );
  return { signal, stdout };
}

describe('a named step', () => {
  test('ends the process at once when it is the armed one and was reached so often', () => {
    const script = `
      armFault({ step: 'after-commit:payment.paid', count: 2 });
      for (const turn of [1, 2, 3]) { reach('after-commit', () => 'payment.paid'); console.log(turn); }`;
    expect(run(script)).toEqual({ signal: 'SIGKILL', stdout: '1\n' });
  });

  test('does nothing when another one is armed, or none', () => {
    const script = `
      reach('outbox', () => 'leased');
      armFault({ step: 'before-commit:payment.paid', count: 1 });
      reach('after-commit', () => 'payment.paid');
      console.log('alive');`;
    expect(run(script)).toEqual({ signal: null, stdout: 'alive\n' });
  });
});

describe('the setting KABAO_FAULT', () => {
  const production = {
    ...testEnvironment,
    NODE_ENV: 'production',
    DATABASE_URL: 'file:kabao.db',
    KABAO_FAULT: 'outbox:leased@3',
  };

  test('is refused in production', () => {
    expect(() => readEnv(production)).toThrow(ConfigurationError);
    expect(readEnv({ ...production, KABAO_FAULT: undefined }).fault).toBeNull();
  });

  test('names a step and a count for the demo', () => {
    expect(readEnv({ ...production, KABAO_DEMO: '1' }).fault).toEqual({ step: 'outbox:leased', count: 3 });
  });

  test('that names no step is a mistake, and not off', () => {
    expect(() => readEnv({ ...production, KABAO_DEMO: '1', KABAO_FAULT: 'leased' })).toThrow(/KABAO_FAULT/);
  });
});
