import { expect, test } from 'vitest';
import type { EndpointKind } from '../../src/examiner/endpoint.ts';
import { examinerLines } from '../../src/features/interview/examiner-words.ts';
import { plain } from '../../src/spine/reply.ts';
import { type Behavior, examinerAt, type Sent, says } from '../support/endpoint.ts';
import { gradeInTests } from '../support/grading.ts';
import { freeTextItem } from '../support/items.ts';

const question = freeTextItem('examined');
const ANSWER =
  'Past keys and values are stored, so no step computes them again. Sharing key heads makes it smaller. Double the context and it grows.';
const VERDICT = {
  points: [
    { id: 'stored', verdict: 'heard', quote: 'keys and values are stored' },
    { id: 'fewer-heads', verdict: 'heard', quote: 'Sharing key heads makes it smaller' },
    { id: 'linear', verdict: 'partly', quote: 'the context and it grows' },
  ],
  wrong: [],
  followUp: { about: 'linear', ask: 'What happens when people talk for longer?' },
};
const TEXT = JSON.stringify(VERDICT);
const good = says(VERDICT);

/** Near enough to the verdict for this one to decide. */
const gradeOffline = (text: string) => ({ ...gradeInTests(question, text), score: 0.8 });

/** An error as OpenAI, and vLLM since 0.10, send it. */
const error = (status: number, message: string, param: string | null = null): Sent => ({
  status,
  json: { error: { message, type: 'invalid_request_error', param, code: null } },
});

/** What a model says through the Responses API, after what it thought. */
const responds = (text: string, content: object = { type: 'output_text', text }): Sent => ({
  json: {
    object: 'response',
    status: 'completed',
    output: [
      { type: 'reasoning', summary: [] },
      { type: 'message', role: 'assistant', content: [content] },
    ],
    usage: { input_tokens: 900, output_tokens: 300 },
  },
});
const ONLY_RESPONSES = error(
  404,
  'This model is only supported in v1/responses and not in v1/chat/completions.',
  'model',
);
const behindResponses =
  (sent: Sent): Behavior =>
  (_, __, path) =>
    path.endsWith('/responses') ? sent : ONLY_RESPONSES;

const HTML: Sent = {
  json: '<!doctype html><title>502 Bad Gateway</title>',
  headers: { 'content-type': 'text/html' },
};
const lie = says({
  ...VERDICT,
  points: VERDICT.points.map((p) => ({ ...p, quote: 'he said so' })),
});
/** Server-sent events although nobody asked for them. */
const stream = (events: string): Sent => ({
  json: events,
  headers: { 'content-type': 'text/event-stream' },
});

/** Kind, how it behaves, what becomes of the answer, and how many requests it takes. */
const ROWS: readonly [
  name: string,
  kind: EndpointKind,
  behavior: Behavior,
  end: 'judge' | 'slow' | 'broken' | 'invented',
  requests: number,
][] = [
  ['OpenAI chat', 'openai', () => good, 'judge', 1],
  ['OpenAI, only responses', 'openai', behindResponses(responds(TEXT)), 'judge', 2],
  [
    'OpenAI, only responses, with a refusal',
    'openai',
    behindResponses(responds('', { type: 'refusal', refusal: 'I am sorry.' })),
    'broken',
    2,
  ],
  ['OpenAI, only responses, which fail', 'openai', behindResponses({ status: 500 }), 'broken', 2],
  [
    'OpenAI refuses in words',
    'openai',
    () => ({ json: { choices: [{ message: { content: null, refusal: 'I am sorry.' } }] } }),
    'broken',
    1,
  ],
  ['OpenAI filters', 'openai', () => says('', { finish_reason: 'content_filter' }), 'broken', 1],
  [
    'OpenAI, wrong key',
    'openai',
    () => error(401, 'Incorrect API key provided: sk-1.'),
    'broken',
    1,
  ],
  [
    'a reasoning model behind a URL refuses max_tokens',
    'url',
    ({ max_tokens }) =>
      max_tokens === undefined
        ? good
        : error(
            400,
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            'max_tokens',
          ),
    'judge',
    2,
  ],
  [
    'a reasoning model refuses a temperature',
    'vllm',
    ({ temperature }) =>
      temperature === undefined
        ? good
        : error(
            400,
            "Unsupported value: 'temperature' does not support 0 with this model.",
            'temperature',
          ),
    'judge',
    2,
  ],
  [
    'a parameter is refused however it is asked',
    'url',
    () => error(400, "Unsupported parameter: 'max_tokens'.", 'max_tokens'),
    'broken',
    2,
  ],
  [
    'Ollama thinks in its own field',
    'ollama',
    () => ({
      json: {
        choices: [
          {
            message: { role: 'assistant', content: TEXT, reasoning: 'Hm.' },
            finish_reason: 'stop',
          },
        ],
      },
    }),
    'judge',
    1,
  ],
  [
    'Ollama thinks in the text',
    'ollama',
    () => says(`<think>{"a": 1}?</think>${TEXT}`),
    'judge',
    1,
  ],
  [
    'Ollama has thought up all its tokens',
    'ollama',
    () => says('<think>Let me see', { finish_reason: 'length' }),
    'broken',
    2,
  ],
  [
    'Ollama lacks the model',
    'ollama',
    () => error(404, 'model "qwen3:8b" not found, try pulling it first'),
    'broken',
    1,
  ],
  [
    'an older vLLM refuses schemas, in a form of its own',
    'vllm',
    ({ response_format }) =>
      response_format
        ? {
            status: 400,
            json: { object: 'error', message: 'no grammar backend', type: 'BadRequestError' },
          }
        : good,
    'judge',
    2,
  ],
  [
    'vLLM finds the prompt too long',
    'vllm',
    () => error(400, "This model's maximum context length is 1024 tokens."),
    'broken',
    2,
  ],
  ['busy', 'url', () => ({ status: 429, headers: { 'retry-after': '20' } }), 'broken', 1],
  ['an error', 'url', () => ({ status: 500, json: 'Internal Server Error' }), 'broken', 1],
  ['HTML', 'url', () => HTML, 'broken', 1],
  ['HTML that says it is JSON', 'url', () => ({ json: HTML.json }), 'broken', 1],
  ['another address', 'url', () => ({ status: 307, headers: { location: '/else' } }), 'broken', 1],
  ['no choices', 'url', () => ({ json: { choices: [] } }), 'broken', 1],
  ['nothing for too long', 'url', () => ({ hang: true }), 'slow', 1],
  ['half an answer, then nothing', 'url', () => ({ ...good, breaks: true }), 'broken', 1],
  [
    'a stream that breaks off',
    'url',
    () => ({ ...stream('data: {"choices":[{"delta":{"content":"{"}}]}\n\n'), breaks: true }),
    'broken',
    1,
  ],
  [
    'a stream that nobody asked for',
    'url',
    () => stream('data: {"choices":[]}\n\ndata: [DONE]\n\n'),
    'broken',
    1,
  ],
  [
    'a megabyte of nothing before the answer',
    'url',
    () => ({ json: `${' '.repeat(1_000_000)}${JSON.stringify(good.json)}` }),
    'broken',
    1,
  ],
  ['fenced', 'url', () => says(`Here:\n\`\`\`json\n${TEXT}\n\`\`\``), 'judge', 1],
  ['truncated', 'url', () => says(TEXT.slice(0, 150), { finish_reason: 'length' }), 'judge', 1],
  ['no JSON', 'url', () => says('I would give this a 10/10!'), 'broken', 2],
  ['nothing', 'url', () => says(''), 'broken', 2],
  [
    'other ids',
    'url',
    () => says({ ...VERDICT, points: [{ id: 'made-up', verdict: 'heard', quote: 'x' }] }),
    'broken',
    2,
  ],
  ['lies', 'url', () => lie, 'invented', 2],
  ['a lie, and then the truth', 'url', (_, call) => (call === 1 ? lie : good), 'judge', 2],
];

test.each(ROWS)(
  '%s (%s): a verdict, or the built-in grade and a sentence',
  async (_, kind, behavior, end, requests) => {
    const { examiner, failures, calls } = await examinerAt(behavior, { kind });

    const examined = await examiner.examine({
      question,
      answer: ANSWER,
      gradeOffline,
      person: 'p1',
      team: 't1',
    });

    const { grade, by, trouble } = examined;
    expect([trouble ?? by, calls()]).toEqual([end, requests]);
    if (trouble) expect(grade).toEqual(gradeOffline(ANSWER));
    else expect(grade.score).toBeGreaterThan(0.5);
    const sentences = examinerLines({ beside: [{ ...examined, score: grade.score }] }).map(plain);
    expect(sentences.join(' ')).toMatch(
      trouble ? /^Your examiner .* built-in grader graded this\.$/ : /^$/,
    );
    // What goes wrong is told to the operator, without what was sent or a key.
    expect(failures.map(String).join()).not.toMatch(/sk-1|keys and values/);
    expect(failures).toHaveLength(end === 'slow' || end === 'broken' ? 1 : 0);
  },
);
