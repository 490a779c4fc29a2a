import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { judgeReport } from '../../../lab/grading/judge-report.ts';
import { movableClock } from '../../../src/demo/demo.ts';
import { createJudge } from '../../../src/examiner/judge.ts';
import { gradeInTests } from '../../support/grading.ts';
import { spokenItem } from '../../support/items.ts';

const question = spokenItem('judged');
const answers = [
  { answer: 'Past keys and values are stored, not computed again.', label: 0.4 },
  { answer: 'It grows linearly with the length of the context.', label: 0.2 },
  { answer: 'It is stored on disk, and nobody knows why.', label: 0 },
].map((each) => ({ ...each, question, set: 'a', use: 'fitting' as const, kind: 'good' }));

test('a judge is measured beside the embedded grader and a constant, with intervals', async () => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const points = question.keyPoints.map(({ id }) => ({ id, verdict: 'absent', quote: '' }));
      const content = JSON.stringify({
        points,
        injectionAttempt: false,
        comment: '',
      });
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }] }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const { port } = server.address() as AddressInfo; // It listens on TCP.
  const judge = createJudge({
    url: `http://127.0.0.1:${port}/v1`,
    model: 'scripted',
    clock: movableClock(new Date('2026-01-05T10:00:00Z')),
    nonce: () => 'nonce',
    onFailure: () => undefined,
  });

  const report = await judgeReport(answers, {
    bank: [question],
    judge,
    embedded: ({ question: asked, answer }) => gradeInTests(asked, answer),
  });
  server.close();

  expect(report).toMatch(/\| judge \| 3 \| 0\.00 \(/);
  expect(report).toMatch(/\| embedded \| 3 \| 0\.\d\d \(/);
  expect(report).toMatch(/\| constant \| 3 \| 0\.00 \(/);
  expect(report).toContain('3 of 3 answers were graded by the judge');
});
