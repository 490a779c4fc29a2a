import { expect, test } from 'vitest';
import { createLog } from '../src/log.ts';
import type { Event } from '../src/spine/event.ts';

function logged(level: 'info' | 'debug', ...events: Event[]) {
  const lines: string[] = [];
  const log = createLog(level, (line) => void lines.push(line));
  for (const event of events) log(event);
  return lines.map((line) => JSON.parse(line));
}

test('each line has its level, its time and its kind, and an error the reference that the person saw', () => {
  const error = new Error('wrong xoxb-1-secret', { cause: new Error('why') });
  const [started, missed, failed] = logged(
    'info',
    { kind: 'started', what: 'slack' },
    { kind: 'missed', schedule: '1', day: '2026-03-02', why: 'no' },
    { kind: 'failed', where: 'kv', reference: '4f0c1a', error },
    { kind: 'command', command: 'kv', platform: 'slack', outcome: 'replied', ms: 3 },
  );

  expect(started).toMatchObject({ level: 30, kind: 'started', time: expect.any(Number) });
  expect(missed).toMatchObject({ level: 40, kind: 'missed', time: expect.any(Number) });
  expect(failed).toMatchObject({
    level: 50,
    kind: 'failed',
    where: 'kv',
    reference: '4f0c1a',
    error: {
      message: 'wrong ',
      cause: 'why',
      stack: expect.stringContaining('log.test'),
    },
  });
  expect(JSON.stringify(failed)).not.toContain('xoxb');
});

test('what people ask for is told at debug alone', () => {
  const asked = { kind: 'command', command: 'kv', platform: 'slack', ms: 3 } as const;
  const event: Event = { ...asked, outcome: 'replied' };

  expect(logged('info', event)).toEqual([]);
  expect(logged('debug', event)).toMatchObject([{ level: 20, kind: 'command', command: 'kv' }]);
});
