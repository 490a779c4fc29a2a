import { afterEach, expect, test, vi } from 'vitest';
import type { Change } from '../../src/adapters/web/protocol.ts';
import { createSession, type Session } from '../../src/adapters/web/session.ts';
import { openTestWorld, personIn } from '../support/web/web.ts';

let session: Session;
afterEach(async () => {
  vi.useRealTimers();
  await session.stop();
});

/** Looks on for some seconds. */
async function look(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await vi.advanceTimersByTimeAsync(1000);
    await session.settle();
  }
}

async function begin() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  session = await createSession({
    open: openTestWorld(),
    draw: async () => undefined,
    setting: { days: 1 },
  });
  const heard: Change[] = [];
  session.listen((change) => heard.push(change));
  return { ...personIn(session), boards: () => heard.filter(({ kind }) => kind === 'board') };
}

const names = () => session.snapshot().board.map(({ name }) => name);

test("teammates wait for your answer to today's question, then come one by one", async () => {
  const { act, boards } = await begin();
  const before = session.snapshot().board;
  await look(5);
  expect(session.snapshot().board).toEqual(before);

  await act({ kind: 'text', text: `/${await session.answer('right')}` });
  expect(names()).toContain('You');
  const mine = boards().length;
  await look(5);

  // Three teammates, of whom those who are right have more points than before.
  expect(boards().length).toBeGreaterThan(mine);
  expect(boards().length).toBeLessThanOrEqual(mine + 3);
  const after = boards().length;
  await look(5);
  expect(boards()).toHaveLength(after);
});

test('a jump to the next day waits for no one', async () => {
  const { boards } = await begin();
  const before = JSON.stringify(session.snapshot().board);

  await session.jump('tomorrow 09:00');

  expect(boards()).toHaveLength(1);
  expect(JSON.stringify(session.snapshot().board)).not.toBe(before);
});
