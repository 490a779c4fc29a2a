import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const OLD_NODE =
  'data:text/javascript,Object.defineProperty(process.versions, "node", { value: "20.20.2" })';

test.each(['dist/main.js', 'dist/tools/backup.js', 'dist/tools/doctor.js'])(
  '%s on an older Node says in one sentence what is needed, and loads nothing',
  (program) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', OLD_NODE, program],
      {
        encoding: 'utf8',
      },
    );

    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^Warmup needs Node 22 or newer, and this is Node 20\.20\.2\. .*npm start.*\n$/,
    );
  },
);
