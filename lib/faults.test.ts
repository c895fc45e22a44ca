import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { testEnvironment } from './database/testing/environment';
import { ConfigurationError, readEnv } from './env';

/** Runs `script` in a process of its own, with `armFaults` and `reach` at hand. */
function run(script: string) {
  const source = `import { armFaults, reach } from './lib/faults.ts';\n${script}`;
  const { signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', source],
    { encoding: 'utf8' },
  );
  return { signal, stdout, stderr };
}

describe('a named step', () => {
  test('ends the process at once, and says so, when it is the first armed one that was reached so often', () => {
    const script = `
      armFaults([{ step: 'after-commit:payment.paid', count: 2 }, { step: 'outbox:leased', count: 1 }]);
      for (const turn of [1, 2, 3]) { reach('after-commit', () => 'payment.paid'); console.log(turn); }`;
    expect(run(script)).toEqual({
      signal: 'SIGKILL',
      stdout: '1\n',
      stderr: 'died at after-commit:payment.paid\n',
    });
  });

  test('does nothing when another one is armed, or none', () => {
    const script = `
      reach('outbox', () => 'leased');
      armFaults([{ step: 'before-commit:payment.paid', count: 1 }]);
      reach('after-commit', () => 'payment.paid');
      console.log('alive');`;
    expect(run(script)).toEqual({ signal: null, stdout: 'alive\n', stderr: '' });
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
    expect(readEnv({ ...production, KABAO_FAULT: undefined }).faults).toEqual([]);
  });

  test('names steps and counts for the demo', () => {
    const two = { ...production, KABAO_DEMO: '1', KABAO_FAULT: 'outbox:leased@3,notify:leased@1' };
    expect(readEnv(two).faults).toEqual([
      { step: 'outbox:leased', count: 3 },
      { step: 'notify:leased', count: 1 },
    ]);
  });

  test('that names no step is a mistake, and not off', () => {
    expect(() => readEnv({ ...production, KABAO_DEMO: '1', KABAO_FAULT: 'leased' })).toThrow(/KABAO_FAULT/);
  });
});
