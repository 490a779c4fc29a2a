import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Grade } from '../../../src/core/grading/types.ts';
import { broughtBy, questionAsked } from '../../../src/core/interview/follow-up.ts';
import { planInterview, ROUNDS } from '../../../src/core/interview/plan.ts';
import { probeFor } from '../../../src/core/interview/probe.ts';
import { buildReport } from '../../../src/core/interview/report.ts';
import { next, replay } from '../../../src/core/interview/session.ts';
import {
  beginning,
  currentExchange,
  type InterviewPlan,
  type State,
  type Turn,
} from '../../../src/core/interview/state.ts';
import { twinsIn } from '../../../src/core/questions/twins.ts';
import { gradeInTests } from '../../support/grading.ts';
import { freeTextItem } from '../../support/items.ts';

const START = new Date('2026-03-02T09:00:00Z');
const after = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
const question = freeTextItem('s1');
const plan: InterviewPlan = {
  questions: [
    { questionId: 's1', round: 'warm-up' },
    { questionId: 's2', round: 'core' },
  ],
  minutes: 15,
  style: 'coaching',
};

const play = (...turns: [Turn, number][]): State =>
  turns.reduce((state, [turn, minutes]) => next(state, turn, after(minutes)), beginning(plan));

const graded = (text: string) =>
  ({ kind: 'graded', grade: gradeInTests(question, text) }) satisfies Turn;

test('a question is asked, answered, taken back, answered and graded', () => {
  const state = play(
    [{ kind: 'asked' }, 0],
    [{ kind: 'answered', text: 'one' }, 1],
    [{ kind: 'taken-back' }, 2],
    [{ kind: 'answered', text: 'two' }, 4],
    [graded('two'), 5],
  );

  expect(state.phase).toBe('ready');
  expect(state.items[0]?.exchanges[0]?.answer).toBe('two');
  // One minute for the first answer and two for the second; looking at it is not thinking time.
  expect(state.items[0]?.ms).toBe(3 * 60_000);
});

test('a graded answer is changed: its follow-up goes, and so do its grade and its place', () => {
  const given: [Turn, number][] = [
    [{ kind: 'asked' }, 0],
    [{ kind: 'answered', text: 'one' }, 1],
  ];
  const probed = { ...graded('one'), probe: { ask: 'And?', depth: 1 } };
  const asked = play(...given, [probed, 1], [{ kind: 'taken-back' }, 3]);
  const ready = play(...given, [graded('one'), 1], [{ kind: 'taken-back' }, 3]);

  for (const { phase, items } of [asked, ready]) {
    expect(phase).toBe('asking');
    expect(items[0]?.exchanges).toEqual([{ depth: 0, draft: 'one' }]);
  }
  // One minute before the answer; two more while the follow-up stood there.
  expect([asked.items[0]?.ms, ready.items[0]?.ms]).toEqual([3 * 60_000, 60_000]);
});

test('an answer that cannot be read is asked for again, until there is another', () => {
  const again = play(
    [{ kind: 'asked' }, 0],
    [{ kind: 'answered', text: 'uno' }, 1],
    [{ kind: 'unread', why: 'language' }, 2],
  );
  const answered = next(again, { kind: 'answered', text: 'one' }, after(4));

  expect(again.phase).toBe('asking');
  expect(again.items[0]?.exchanges[0]).toMatchObject({ draft: 'uno', unread: 'language' });
  expect(again.items[0]?.exchanges[0]).not.toHaveProperty('answer');
  expect(answered.items[0]?.exchanges[0]).toMatchObject({ answer: 'one' });
  expect(answered.items[0]?.exchanges[0]).not.toHaveProperty('unread');
  // One minute for the first answer and two for the second.
  expect(answered.items[0]?.ms).toBe(3 * 60_000);
});

test('a pause stops the clock and moves the end', () => {
  const state = play(
    [{ kind: 'asked' }, 0],
    [{ kind: 'paused' }, 2],
    [{ kind: 'resumed' }, 1442],
    [{ kind: 'answered', text: 'x' }, 1443],
  );

  expect(state.items[0]?.ms).toBe(3 * 60_000);
  expect(state.endsAt).toEqual(after(15 + 1440));
});

test('an answer that is taken back in a pause does not start the clock', () => {
  const state = play(
    [{ kind: 'asked' }, 0],
    [{ kind: 'answered', text: 'x' }, 1],
    [{ kind: 'paused' }, 2],
    [{ kind: 'taken-back' }, 3],
    [{ kind: 'ended', why: 'idle' }, 1443],
  );

  expect(state.items[0]?.ms).toBe(60_000);
});

test('ten more minutes are ten minutes from now, also when the time was over', () => {
  const extended: Turn = { kind: 'extended', minutes: 10 };

  expect(play([{ kind: 'asked' }, 0], [extended, 40]).endsAt).toEqual(after(50));
  // Over since minute 15, the clock stands at 20: ten minutes are left whenever it goes on.
  const paused = play([{ kind: 'asked' }, 0], [{ kind: 'paused' }, 20], [extended, 90]);
  expect(next(paused, { kind: 'resumed' }, after(100)).endsAt).toEqual(after(110));
});

test.each<[string, boolean, [Turn, number][]]>([
  [
    'a pause',
    false,
    [
      [{ kind: 'paused' }, 5],
      [{ kind: 'ended', why: 'ended' }, 3000],
    ],
  ],
  ['a quiet week', false, [[{ kind: 'ended', why: 'idle' }, 10_080]]],
  [
    'a quiet week in a pause',
    false,
    [
      [{ kind: 'paused' }, 5],
      [{ kind: 'ended', why: 'idle' }, 10_085],
    ],
  ],
  [
    'reading feedback',
    false,
    [
      [{ kind: 'skipped' }, 14],
      [{ kind: 'ended', why: 'finished' }, 16],
    ],
  ],
  [
    'thinking',
    true,
    [
      [{ kind: 'skipped' }, 16],
      [{ kind: 'ended', why: 'finished' }, 17],
    ],
  ],
  [
    'thinking before a pause',
    true,
    [
      [{ kind: 'paused' }, 16],
      [{ kind: 'ended', why: 'ended' }, 17],
    ],
  ],
])('%s after the end is over the time: %s', (_, isOverTime, turns) => {
  const report = buildReport(play([{ kind: 'asked' }, 0], ...turns), () => question);

  expect(report.isOverTime).toBe(isOverTime);
});

test('a quiet week is no time that a question took', () => {
  const state = play([{ kind: 'asked' }, 0], [{ kind: 'ended', why: 'idle' }, 10_080]);

  expect(state.items[0]?.ms).toBe(0);
});

const anyTurn: fc.Arbitrary<Turn> = fc.oneof(
  fc.constantFrom<Turn>(
    { kind: 'asked' },
    { kind: 'taken-back' },
    { kind: 'skipped' },
    { kind: 'paused' },
    { kind: 'resumed' },
    { kind: 'untimed' },
    { kind: 'hinted', number: 2 },
    { kind: 'extended', minutes: 10 },
    { kind: 'ended', why: 'ended' },
    graded('keys and values of past tokens are stored'),
  ),
  fc.string({ maxLength: 20 }).map((text): Turn => ({ kind: 'answered', text })),
);

test('any turns in any order leave a sound state, and the replay gives it again', () => {
  fc.assert(
    fc.property(fc.array(anyTurn, { maxLength: 40 }), (turns) => {
      const stored = turns.map((turn, minute) => ({ turn, at: after(minute) }));
      const state = replay(plan, stored);
      expect(state.items.length).toBeLessThanOrEqual(plan.questions.length);
      expect(state.items.every(({ ms }) => ms >= 0)).toBe(true);
      expect(
        replay(
          plan,
          JSON.parse(JSON.stringify(stored)).map((each: { turn: Turn; at: string }) => ({
            turn: each.turn,
            at: new Date(each.at),
          })),
        ),
      ).toEqual(state);
      // The report of any state can be made.
      expect(buildReport(state, () => question).score).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('after the end nothing is asked any more', () => {
  const ended = play([{ kind: 'asked' }, 0], [{ kind: 'ended', why: 'ended' }, 1]);

  expect(next(ended, { kind: 'answered', text: 'late' }, after(2))).toBe(ended);
});

const bank = [
  ...[1, 2, 3, 5].flatMap((chapter) => [
    freeTextItem(`e${chapter}`, { chapter, topics: [`c${chapter}.01`], difficulty: 'easy' }),
    freeTextItem(`m${chapter}`, { chapter, topics: [`c${chapter}.01`], difficulty: 'medium' }),
    freeTextItem(`h${chapter}`, { chapter, topics: [`c${chapter}.01`], difficulty: 'hard' }),
  ]),
];

const wishes = {
  bank,
  areTwins: twinsIn(bank),
  minutes: 30 as const,
  chapters: [],
  recent: [],
  strength: 1200,
  itemStrength: () => 1200,
  seed: 'x',
};

test('a plan has its rounds, begins easy, and spreads over the chapters', () => {
  const planned = planInterview(wishes);

  expect(planned.map(({ round }) => round)).toEqual(ROUNDS[30]);
  expect(planned[0]?.questionId.startsWith('e')).toBe(true);
  const chapters = planned.map(({ questionId }) => questionId.slice(1));
  expect(new Set(chapters).size).toBe(4);
});

test('only the chosen chapters are asked', () => {
  const planned = planInterview({ ...wishes, chapters: [3] });

  expect(planned.every(({ questionId }) => questionId.endsWith('3'))).toBe(true);
});

test('a probe goes for what is missing, and never says it', () => {
  const text = 'Keys and values of past tokens are stored so that they are not computed again.';
  const question = freeTextItem('s1', {
    hints: ['Compare the numbers of query and key heads.', 'Draw it.', 'Count.'],
  });
  const state = play([{ kind: 'asked' }, 0], [{ kind: 'answered', text }, 1]);

  const probe = probeFor(question, state, gradeInTests(question, text));

  expect(probe?.point).toBe('fewer-heads');
  expect(probe?.ask).not.toMatch(/fewer key heads|linear/i);
});

test('a probe does not repeat itself, and helps somebody who is lost', () => {
  const text = 'Serving engines have many parts, and this one matters a lot for the users.';
  const first = play([{ kind: 'asked' }, 0], [{ kind: 'answered', text }, 1]);
  const grade = gradeInTests(question, text);
  const probe = probeFor(question, first, grade);
  if (!probe) throw new Error('No probe');
  const later = play(
    [{ kind: 'asked' }, 0],
    [{ kind: 'answered', text }, 1],
    [{ kind: 'graded', grade, probe }, 2],
    [{ kind: 'answered', text }, 3],
  );

  const second = probeFor(question, later, grade);

  expect(probe.ask).toContain('The first hint.');
  expect(second?.ask).toContain('The second hint.');
});

test('no two follow-ups in a row begin with the same words', () => {
  const text = 'Serving engines have many parts, and this one matters a lot for the users.';
  const grade = gradeInTests(question, text);
  const questions = Array.from({ length: 6 }, () => ({ questionId: 's1', round: 'core' as const }));
  let state: State = beginning({ ...plan, questions });
  const take = (turn: Turn) => {
    state = next(state, turn, START);
  };
  const leads: string[] = [];
  for (let count = 0; count < 12; count += 1) {
    if (state.phase === 'ready') take({ kind: 'asked' });
    take({ kind: 'answered', text });
    const probe = probeFor(question, state, grade);
    if (probe?.ask.includes('hint')) leads.push(probe.ask.split('.')[0] ?? '');
    take({ kind: 'graded', grade, ...(probe ? { probe } : {}) });
  }

  expect(leads.length).toBeGreaterThan(6);
  for (const [index, lead] of leads.slice(1).entries()) expect(lead).not.toBe(leads[index]);
});

const COMPLETE =
  'Keys and values of past tokens are stored, not computed again. Fewer key heads than query heads make it smaller. It grows linearly with the context length.';

test.each([
  ['warm-up', undefined],
  ['core', 'What does an encoder store?'],
] as const)('a complete answer in the %s round is followed by %j', (round, ask) => {
  const pushed = freeTextItem('s2', {
    followUps: [
      {
        ask: 'What does an encoder store?',
        expect: 'Nothing, since each added token changes all positions.',
      },
      { ask: 'Who frees the blocks?', expect: 'The scheduler, when a sequence ends.' },
    ],
  });
  const item = {
    questionId: 's2',
    round,
    exchanges: [{ depth: 0, answer: COMPLETE }],
    marked: [],
    hints: 0,
    isSkipped: false,
    ms: 0,
  };

  expect(probeFor(pushed, { items: [item] }, gradeInTests(pushed, COMPLETE))?.ask).toBe(ask);
});

test.each([
  ['Nothing: every new token changes all positions.', true],
  ['It stores keys and values of past tokens.', false],
  ['What does an encoder store?', false],
  ['', false],
])('the follow-up is reached by %j: %s', (answer, isReached) => {
  const exchange = {
    ask: 'What does an encoder store?',
    expect: 'Nothing, since each added token changes all positions.',
  };
  const grade = gradeInTests(questionAsked(question, exchange), answer);

  const given = { ...exchange, answer, grade, depth: 1 };
  expect(broughtBy(given, []) === 'all').toBe(isReached);
});

test.each(['', "I don't know", '🤷', 'asdf '.repeat(400)])('nobody is pushed after %j', (text) => {
  const state = play([{ kind: 'asked' }, 0], [{ kind: 'answered', text: text || ' ' }, 1]);
  const grade: Grade = gradeInTests(question, text);

  const probe = probeFor(question, state, grade);

  if (text === "I don't know" || text === '') expect(probe).toBeUndefined();
  expect(grade.score).toBeLessThan(0.2);
  expect(currentExchange(state)?.depth).toBe(0);
});

const depthOf = (...turns: [Turn, number][]) =>
  buildReport(play(...turns), (id) => freeTextItem(id)).dimensions.find(
    ({ name }) => name === 'Depth',
  );

/** A question and an answer to it, with the follow-up that comes of it, if any. */
function answered(text: string, minute: number): [Turn, number][] {
  return [
    [{ kind: 'asked' }, minute],
    [{ kind: 'answered', text }, minute + 1],
    [graded(text), minute + 2],
  ];
}

test.each([
  "I don't know",
  '🤷',
  'Ich weiß es leider nicht, das habe ich noch nie gehört und gelesen',
])('an interview of %j has no depth', (text) => {
  const depth = depthOf(...answered(text, 0), ...answered(text, 3), [
    { kind: 'ended', why: 'ended' },
    6,
  ]);

  expect(depth).toEqual({ name: 'Depth', level: undefined, why: 'No follow-up was answered.' });
});

test('only whole answers leave nothing to follow up', () => {
  const whole = depthOf(...answered(COMPLETE, 0), ...answered(COMPLETE, 3));
  const half = depthOf(...answered(COMPLETE, 0), ...answered("I don't know", 3));

  expect(whole).toEqual({
    name: 'Depth',
    level: 4,
    why: 'Your first answers left nothing to follow up on.',
  });
  expect(half).toEqual({
    name: 'Depth',
    level: 2,
    why: '1 of 2 first answers left nothing to follow up on.',
  });
});

const communicationOf = (...turns: [Turn, number][]) =>
  buildReport(play(...turns), (id) => freeTextItem(id)).dimensions.find(
    ({ name }) => name === 'Communication',
  );

const BLUFF =
  'First of all, this is a fundamental question, because in practice everything depends on the requirements. For example, a good team first measures, then decides, and therefore always finds the right balance between quality and speed for its users.';
const ARGUED = `${COMPLETE} That matters because the memory of a card then decides how many users it serves, for example at long prompts.`;

test('fluent words in which nothing right was said are not praised', () => {
  expect(gradeInTests(question, BLUFF).score).toBeLessThan(0.3);

  expect(communicationOf(...answered(BLUFF, 0), ...answered(BLUFF, 3))).toEqual({
    name: 'Communication',
    level: undefined,
    why: 'Not rated: too few key points were heard.',
  });
});

test('the form of answers is judged where something right was said, whatever the hints took', () => {
  const [first, ...rest] = answered(ARGUED, 0);
  const hints: [Turn, number][] = [[{ kind: 'hinted', number: 3 }, 0.5]];

  const communication = communicationOf(
    ...(first ? [first] : []),
    ...hints,
    ...rest,
    ...answered(BLUFF, 3),
  );

  // Three points of six, and both answers argue.
  expect(communication?.level).toBe(4);
  expect(communication?.why).toContain('A clear line of argument');
});

const SAID = 'Keys and values of past tokens are stored, not computed again.';

/** A question with a follow-up on what was left out, which is answered or left. */
function pushed(minute: number, reply: string | undefined): [Turn, number][] {
  const grade = gradeInTests(question, SAID);
  const then: [Turn, number][] =
    reply === undefined
      ? [[{ kind: 'skipped' }, minute + 3]]
      : [
          [{ kind: 'answered', text: reply }, minute + 3],
          [{ kind: 'graded', grade: gradeInTests(question, reply) }, minute + 4],
        ];
  return [
    [{ kind: 'asked' }, minute],
    [{ kind: 'answered', text: SAID }, minute + 1],
    [{ kind: 'graded', grade, probe: { ask: 'More?', point: 'linear', depth: 1 } }, minute + 2],
    ...then,
  ];
}

const RIGHT = 'It grows linearly with the context length.';

test.each([
  [undefined, undefined, undefined, "You skipped both follow-ups, so there's nothing to rate."],
  [RIGHT, undefined, 4, '1 of 1 follow-ups fully answered. You skipped 1 more.'],
  ['No idea.', undefined, 0, '0 of 1 follow-ups fully answered. You skipped 1 more.'],
  [RIGHT, 'No idea.', 2, '1 of 2 follow-ups fully answered.'],
])('a follow-up that is left is not one that was failed: %j, %j', (one, other, level, why) => {
  expect(depthOf(...pushed(0, one), ...pushed(5, other))).toEqual({ name: 'Depth', level, why });
});

/** One question with two follow-ups, answered so that their point has this credit. */
function depthAfter(...credits: { credit: number; unsure: boolean }[]) {
  const grade = (change: { credit: number; unsure: boolean }): Grade => ({
    ...gradeInTests(question, 'x'),
    points: question.keyPoints.map(({ id, text }) => ({
      id,
      text,
      verdict: 'missed',
      evidence: '',
      ...change,
    })),
  });
  const turns = [{ credit: 0, unsure: false }, ...credits].flatMap((each, index): Turn[] => {
    const probe = { ask: 'More?', point: 'linear', depth: index + 1 };
    return [
      { kind: 'answered', text: 'x' },
      { kind: 'graded', grade: grade(each), ...(index < credits.length ? { probe } : {}) },
    ];
  });
  return depthOf(
    ...[{ kind: 'asked' } as const, ...turns].map((turn, minute): [Turn, number] => [turn, minute]),
  );
}

test('a follow-up that was answered in part counts as half', () => {
  const depth = depthAfter({ credit: 0.5, unsure: true }, { credit: 0.8, unsure: false });

  expect(depth?.why).toBe('1 of 2 follow-ups fully answered, 1 partly.');
  expect(depth?.level).toBe(3);
});

test('a follow-up whose answer is too close to call is not held against anybody', () => {
  const open = { credit: 0.1, unsure: true };

  expect(depthAfter(open, { credit: 0.8, unsure: false })).toEqual({
    name: 'Depth',
    level: 4,
    why: "1 of 1 follow-ups fully answered. I'm not sure about 1 more.",
  });
  expect(depthAfter(open)?.level).toBeUndefined();
});

test('a follow-up that is open at the end lowers nothing', () => {
  const text = 'Keys and values of past tokens are stored, not computed again.';
  const grade = gradeInTests(question, text);
  const open: [Turn, number][] = [
    [{ kind: 'asked' }, 0],
    [{ kind: 'answered', text }, 1],
    [{ kind: 'graded', grade, probe: { ask: 'What else?', depth: 1 } }, 2],
  ];

  const ended = play(...open, [{ kind: 'ended', why: 'ended' }, 3]);
  const left = play(...open, [{ kind: 'skipped' }, 3], [{ kind: 'ended', why: 'ended' }, 4]);

  expect(ended.items[0]?.exchanges).toHaveLength(1);
  expect(left.items[0]?.exchanges).toHaveLength(2);
});

test.each<[string, [Turn, number][]]>([
  ['before the first question', []],
  [
    'while an answer is there',
    [
      [{ kind: 'asked' }, 0],
      [{ kind: 'answered', text: 'x' }, 1],
    ],
  ],
  [
    'after the question',
    [
      [{ kind: 'asked' }, 0],
      [{ kind: 'skipped' }, 1],
    ],
  ],
  [
    'in a pause',
    [
      [{ kind: 'asked' }, 0],
      [{ kind: 'paused' }, 1],
    ],
  ],
  [
    'that is open already',
    [
      [{ kind: 'asked' }, 0],
      [{ kind: 'hinted', number: 2 }, 1],
    ],
  ],
  [
    'after a question',
    [
      [{ kind: 'asked' }, 0],
      [{ kind: 'answered', text: 'x' }, 1],
      [graded('x'), 2],
    ],
  ],
])('a hint %s changes nothing', (_, turns) => {
  const before = play(...turns);

  expect(next(before, { kind: 'hinted', number: 2 }, after(3))).toBe(before);
});

test('the time of an interview counts from its start, pauses left out', () => {
  const state = play(
    [{ kind: 'asked' }, 0],
    [{ kind: 'answered', text: 'one' }, 2],
    [graded('one'), 2],
    [{ kind: 'asked' }, 5],
    [{ kind: 'paused' }, 6],
    [{ kind: 'resumed' }, 16],
    [{ kind: 'answered', text: 'two' }, 17],
    [graded('two'), 17],
    [{ kind: 'ended', why: 'idle' }, 9000],
  );

  // Two minutes and two for the questions, and three to read the feedback.
  expect(buildReport(state, () => question).ms).toBe(7 * 60_000);
});
