import { expect, test } from 'vitest';
import { examinerAt, type Sent, type SentBody, says } from '../support/endpoint.ts';
import { gradeInTests } from '../support/grading.ts';
import { freeTextItem } from '../support/items.ts';

const question = freeTextItem('judged');
const ANSWER =
  'Past keys and values are stored, so no step computes them again. Sharing key heads makes it smaller. Double the context and it grows.';

const verdict = (change: object = {}) => ({
  points: [
    { id: 'stored', verdict: 'heard', quote: 'keys and values are stored' },
    { id: 'fewer-heads', verdict: 'heard', quote: 'Sharing key heads makes it smaller' },
    { id: 'linear', verdict: 'partly', quote: 'the context and it grows' },
  ],
  wrong: [],
  followUp: { about: 'linear', ask: 'What happens when people talk for longer?' },
  ...change,
});
const quoting = (quote: string) =>
  verdict({ points: verdict().points.map((point) => ({ ...point, quote })) });

/** A built-in grade near enough to the examiner's for this one to decide. */
const near = (answer: string, asked = question) => ({ ...gradeInTests(asked, answer), score: 0.8 });

async function examinedBy(behavior: (body: SentBody, call: number) => Sent) {
  const { examiner, ...rest } = await examinerAt(behavior);
  const examine = (answer = ANSWER, person = 'p1', asked = question, before: string[] = []) =>
    examiner.examine({
      question: asked,
      answer,
      before,
      gradeOffline: (text) => near(text, asked),
      person,
      team: 't1',
    });
  return { ...rest, examine };
}

const reasoning = (body: SentBody) =>
  body.temperature !== undefined || body.max_tokens !== undefined;
const refusing = (param: string): Sent => ({
  status: 400,
  json: {
    error: { message: `Unsupported parameter: '${param}'.`, param, code: 'unsupported_parameter' },
  },
});

test('a good examiner decides, and the score is worked out here', async () => {
  const { examine, calls } = await examinedBy(() => says(verdict()));

  const { grade, by, opinion, askNext } = await examine();

  // (0.4 + 0.3 + 0.3 / 2) / 1
  expect(grade.score).toBeCloseTo(0.85);
  expect(grade.points.map((point) => point.verdict)).toEqual(['covered', 'covered', 'partly']);
  expect([by, opinion?.isUnsure, askNext?.point, calls()]).toEqual(['judge', false, 'linear', 1]);
});

test('weights that do not sum to 1 are shares of their sum', async () => {
  const { examine } = await examinedBy(() => says(verdict()));
  const halved = freeTextItem('halved');
  const asked = {
    ...halved,
    keyPoints: halved.keyPoints.map((point) => ({ ...point, weight: point.weight / 2 })),
  };

  expect((await examine(ANSWER, 'p1', asked)).grade.score).toBeCloseTo(0.85);
});

const JSON_TEXT = JSON.stringify(verdict());
test.each([
  ['in a fence', `\`\`\`json\n${JSON_TEXT}\n\`\`\``],
  ['between sentences', `Here it is: ${JSON_TEXT} I hope that {this} helps.`],
  ['after thinking', `<think>Is {"points": [] } right? Hm.</think>\n${JSON_TEXT}`],
  ['after thinking without an opening tag', `It says {a}.</think>${JSON_TEXT}`],
  ['with words of its own in it', JSON.stringify({ ...verdict(), score: 1, notes: ['x'] })],
])('a verdict %s is read at the first request', async (_, text) => {
  const { examine, calls } = await examinedBy(() => says(text));

  expect((await examine()).grade.score).toBeCloseTo(0.85);
  expect(calls()).toBe(1);
});

test('of a verdict that is cut off the points that are whole count, the others are the offline ones', async () => {
  const end = JSON_TEXT.indexOf('"id":"linear"');
  const { examine, calls } = await examinedBy(() =>
    says(JSON_TEXT.slice(0, end + 20), { finish_reason: 'length' }),
  );

  const { grade, by } = await examine();

  const offline = near(ANSWER).points[2];
  expect([by, calls()]).toEqual(['judge', 1]);
  expect(grade.points.map(({ credit }) => credit)).toEqual([1, 1, offline?.credit]);
});

test('an endpoint for reasoning models is asked once more in its own way, which is remembered', async () => {
  const { examine, bodies } = await examinedBy((body) =>
    reasoning(body) ? refusing(body.max_tokens ? 'max_tokens' : 'temperature') : says(verdict()),
  );

  expect((await examine()).by).toBe('judge');
  expect((await examine(`${ANSWER} More keys.`)).by).toBe('judge');

  expect(bodies).toHaveLength(3);
  expect(bodies[2]).toMatchObject({ max_completion_tokens: 4000 });
  expect(bodies[2]).not.toHaveProperty('temperature');
});

test('OpenAI is asked in the way of its reasoning models at once', async () => {
  const { examiner, bodies } = await examinerAt(() => says(verdict()), { kind: 'openai' });

  await examiner.examine({ question, answer: ANSWER, gradeOffline: near, person: 'p', team: 't' });

  expect(bodies[0]).toMatchObject({
    max_completion_tokens: 8000,
    response_format: { type: 'json_schema' },
  });
  expect(reasoning(bodies[0] as SentBody)).toBe(false);
});

test('an endpoint without schemas is asked without one, and that is remembered', async () => {
  const { examine, calls } = await examinedBy((body) =>
    body.response_format ? { status: 400 } : says(verdict()),
  );

  await examine();
  await examine(`${ANSWER} More keys.`);

  expect(calls()).toBe(3);
});

test('a server that serves one model needs no name of it', async () => {
  const { examiner, bodies } = await examinerAt(() => says(verdict()), { kind: 'vllm', model: '' });

  await examiner.examine({ question, answer: ANSWER, gradeOffline: near, person: 'p', team: 't' });

  expect(bodies[0]?.model).toBe('served-model');
});

test('the key is the one that was set, never one of the environment', async () => {
  const { examine, keys } = await examinedBy(() => says(verdict()));
  const before = process.env['OPENAI_API_KEY'];
  process.env['OPENAI_API_KEY'] = 'sk-of-somebody';

  await examine();
  if (before === undefined) delete process.env['OPENAI_API_KEY'];
  else process.env['OPENAI_API_KEY'] = before;

  expect(keys).toEqual(['Bearer none']);
});

test.each([
  ['words that nobody said', 'words that nobody ever said'],
  ['fewer than three words', 'keys'],
  ['half a word at its end', 'keys and values are sto'],
])('%s are asked for once more, then the points are the offline ones', async (_, quote) => {
  const { examine, bodies } = await examinedBy(() => says(quoting(quote)));

  const { grade } = await examine();

  expect(grade.points).toEqual(near(ANSWER).points);
  expect(bodies).toHaveLength(2);
  expect(bodies[1]?.messages.at(-1)?.content).toContain(quote);
});

test('a quote counts only for a point that it shares a telling word with, which no other point has', async () => {
  const shared = freeTextItem('shared');
  const asked = {
    ...shared,
    keyPoints: shared.keyPoints.map((point) =>
      point.id === 'fewer-heads'
        ? { ...point, phrasings: [...point.phrasings, 'fewer heads for keys and values'] }
        : point,
    ),
  };
  const answer = ANSWER.replace('Sharing key heads makes it smaller.', '');
  const { examine } = await examinedBy(() => says(quoting('keys and values are stored')));

  const { grade } = await examine(answer, 'p1', asked);

  const offline = near(answer, asked).points;
  expect(grade.points[0]?.credit).toBe(1);
  expect(offline[1]?.credit).toBeLessThan(1);
  expect(grade.points.slice(1)).toEqual(offline.slice(1));
});

test('far from the built-in grade it is unsure, the built-in grade counts, and both are told', async () => {
  const { examiner } = await examinerAt(() => says(verdict()));
  const grade = { ...near(ANSWER), score: 0.5 };

  const examined = await examiner.examine({
    question,
    answer: ANSWER,
    gradeOffline: () => grade,
    person: 'p',
    team: 't',
  });

  expect(examined).toMatchObject({ grade, by: 'offline', opinion: { isUnsure: true } });
  expect(examined.opinion?.score).toBeCloseTo(0.85);
});

test('a claim that it takes for wrong is told when it is quoted from the answer', async () => {
  const why = 'It is not.';
  const wrong = [
    { quote: 'Sharing key heads makes it smaller', why, correct: 'So.' },
    { quote: 'something nobody said', why, correct: 'So.' },
  ];
  const { examine } = await examinedBy(() => says(verdict({ wrong })));

  expect((await examine()).opinion?.wrong).toEqual(wrong.slice(0, 1));
});

test.each([
  [
    'four words of a key point in a row',
    { about: 'linear', ask: 'Does it grow: grows linearly with the context?' },
  ],
  ['no question', { about: 'linear', ask: 'Say more.' }],
  ['more than 200 characters', { about: 'linear', ask: `${'Why '.repeat(60)}?` }],
  ['about a point that was heard', { about: 'stored', ask: 'What else is there to it?' }],
  [
    'about nothing that was said',
    { about: 'a quote nobody said', ask: 'What do you mean by that?' },
  ],
])('a follow-up is not asked when it is %s', async (_, followUp) => {
  const { examine } = await examinedBy(() => says(verdict({ followUp })));

  const { by, askNext } = await examine();

  expect([by, askNext]).toEqual(['judge', undefined]);
});

test('a follow-up must not name a number of a key point', async () => {
  const numbered = freeTextItem('numbered');
  const asked = {
    ...numbered,
    keyPoints: numbered.keyPoints.map((point) =>
      point.id === 'linear' ? { ...point, text: 'It grows linearly, eight times for 8x.' } : point,
    ),
  };
  const ask = (text: string) => verdict({ followUp: { about: 'linear', ask: text } });
  const { examine } = await examinedBy((_, call) =>
    says(ask(call === 1 ? 'Is it 8 or more?' : call === 2 ? 'Is it eight?' : 'How much is it?')),
  );

  const asks = [];
  for (const more of ['a', 'b', 'c'])
    asks.push((await examine(`${ANSWER} Keys ${more}.`, 'p1', asked)).askNext?.ask);

  expect(asks).toEqual([undefined, undefined, 'How much is it?']);
});

test('a reply without a verdict is asked for once more, with what was wrong', async () => {
  const { examine, calls } = await examinedBy(({ messages }, call) =>
    call === 1 ? says('not json') : says(messages.length === 3 ? verdict() : {}),
  );

  expect((await examine()).grade.score).toBeCloseTo(0.85);
  expect(calls()).toBe(2);
});

test('only sentences that can be evidence are sent, as data between marks', async () => {
  const { examine, bodies } = await examinedBy(() => says(verdict()));

  await examine('Hello from my kitchen in Lyon. The "keys" are stored. Not twice.');

  const sent = bodies[0]?.messages[1]?.content;
  expect(sent).toContain('marker-1234\n\n"The \\"keys\\" are stored.\\nNot twice."\n\nmarker-1234');
  expect(sent).not.toContain('Lyon');
});

test('the code of a question goes along', async () => {
  const { examine, bodies } = await examinedBy(() => says(verdict()));

  await examine(ANSWER, 'p1', { ...question, code: 'cache.append(k, v)' });

  expect(bodies[0]?.messages[1]?.content).toContain('cache.append(k, v)');
});

test.each([
  [
    'pizza talk',
    'I like pizza with olives and lots of cheese, and my oven gets really hot on Sundays.',
  ],
  ['an admission', "I don't know."],
])('%s is not sent at all', async (_, answer) => {
  const { examiner, calls } = await examinerAt(() => says(verdict()));
  const grade = gradeInTests(question, answer);

  expect(
    await examiner.examine({ question, answer, gradeOffline: () => grade, person: 'p', team: 't' }),
  ).toEqual({
    grade,
    by: 'offline',
  });
  expect(calls()).toBe(0);
});

test('after three failures it is left alone for five minutes', async () => {
  const { examine, calls, clock } = await examinedBy(() => ({ status: 500 }));

  for (let count = 0; count < 5; count += 1) await examine(`${ANSWER} Keys ${count}.`);
  expect(calls()).toBe(3);
  clock.moveTo(new Date('2026-03-02T09:06:00Z'));
  await examine(`${ANSWER} Later keys.`);

  expect(calls()).toBe(4);
});

test.each([
  ['refused in words', () => ({ json: { choices: [{ message: { refusal: 'no' } }] } })],
  ['filtered', () => says('', { finish_reason: 'content_filter' })],
  ['found too large', () => ({ status: 413 })],
  ['twice judged in no form', () => says('10/10')],
] as const)('answers that are %s leave the examiner to everybody else', async (_, refusal) => {
  let isRefused = true;
  const { examine } = await examinedBy(() => (isRefused ? refusal() : says(verdict())));
  for (let count = 0; count < 5; count += 1) await examine(`${ANSWER} Keys ${count}.`);

  isRefused = false;

  expect((await examine(ANSWER, 'p2')).by).toBe('judge');
});

test.each([
  ['is no JSON', () => says('10/10')],
  ['quotes what nobody said', () => says(quoting('never said by anybody'))],
] as const)(
  'an examiner whose verdict on several people always %s is left alone',
  async (_, behavior) => {
    const { examine, calls } = await examinedBy(behavior);
    for (const person of ['p1', 'p2', 'p3']) await examine(`${ANSWER} Keys ${person}.`, person);
    const before = calls();

    await examine(`${ANSWER} Keys again.`, 'p4');

    expect(calls()).toBe(before);
  },
);

test.each([
  ['seconds', '120', '09:01:59', '09:02:01'],
  ['an instant', 'Mon, 02 Mar 2026 09:02:00 GMT', '09:01:59', '09:02:01'],
  ['a day', '86400', '09:59:59', '10:00:01'],
])('a busy examiner that names %s is left alone until then', async (_, wait, before, after) => {
  const { examine, calls, clock } = await examinedBy((__, call) =>
    call === 1 ? { status: 429, headers: { 'retry-after': wait } } : says(verdict()),
  );

  await examine();
  clock.moveTo(new Date(`2026-03-02T${before}Z`));
  await examine();
  const early = calls();
  clock.moveTo(new Date(`2026-03-02T${after}Z`));

  expect((await examine()).by).toBe('judge');
  expect([early, calls()]).toEqual([1, 2]);
});

test('a person has thirty examinations an hour, and the same answer costs one', async () => {
  const { examine, calls } = await examinedBy(() => says(verdict()));

  await examine();
  for (let count = 0; count < 40; count += 1) await examine(`${ANSWER} Keys ${count}.`);

  expect((await examine()).by).toBe('judge');
  expect((await examine(`${ANSWER} Keys 40.`)).trouble).toBe('limit');
  expect(calls()).toBe(30);
});

test('the answer to a follow-up comes with what was said before, which cannot be quoted', async () => {
  const { examine, bodies } = await examinedBy(() => says(verdict()));
  const short = 'Because of that it grows.';

  const { grade } = await examine(short, 'p1', question, [ANSWER]);

  expect(bodies[0]?.messages[1]?.content).toContain(JSON.stringify(ANSWER));
  expect(grade.points.every(({ evidence }) => !evidence.includes('stored'))).toBe(true);
});

const saying = { question, text: 'Is this about one user or many?', person: 'p', team: 't' };

test('a question of the person is answered by somebody who has not seen the key', async () => {
  const { examiner, bodies } = await examinerAt(() => says({ say: 'You may choose. Say which.' }));

  expect(await examiner.clarify(saying)).toBe('You may choose. Say which.');
  for (const { text } of question.keyPoints) expect(JSON.stringify(bodies)).not.toContain(text);
});

test.each([
  ['gives a key point away', 'Keys and values of past tokens are stored.'],
  ['is longer than 200 characters', 'Think. '.repeat(40)],
  ['is empty', ''],
])('what the examiner says is not shown when it %s', async (_, say) => {
  const { examiner } = await examinerAt(() => says({ say }));

  expect(await examiner.wordHint({ ...saying, text: 'The first hint.' })).toBeUndefined();
});

test.each([
  [
    'has a number that stands in neither the question nor what was asked',
    'Take 70 users.',
    undefined,
  ],
  ['repeats one that was asked about', 'Yes, take 16 users.', 'Yes, take 16 users.'],
])('an answer to a question that %s', async (_, say, shown) => {
  const { examiner } = await examinerAt(() => says({ say }));

  expect(await examiner.clarify({ ...saying, text: 'May I take 16 users?' })).toBe(shown);
});
