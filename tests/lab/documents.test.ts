import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test.each(['draw-examples', 'calculator-accuracy', 'readme'])(
  'the document that %s writes is up to date',
  (tool) => {
    const { status, stderr } = spawnSync(process.execPath, [`lab/${tool}.ts`, '--check'], {
      encoding: 'utf8',
    });

    expect(stderr).toBe('');
    expect(status).toBe(0);
  },
);
