import type { APIError } from 'openai';
import { z } from 'zod';
import { faulty } from './fault.ts';

/** A message of a conversation with a model. */
export type Message = { role: 'system' | 'user'; content: string };

/** What an endpoint takes. Reasoning models refuse `temperature` and `max_tokens`; not every server knows schemas. */
export type Dialect = {
  /** Some models of OpenAI are only behind the newer one. */
  api: 'chat' | 'responses';
  tokens: 'max_tokens' | 'max_completion_tokens';
  temperature: boolean;
  schema: boolean;
};

/** What a model wrote, and what it took. */
export type ModelReply = { text: string; usage: { sent: number; written: number } };

/** A request in every dialect. */
export type Asked = { model: string; prompt: Message[]; schema?: z.ZodType; mostTokens: number };

/** The body of a chat completion. */
export function chatBody(
  { model, prompt, schema, mostTokens }: Asked,
  { tokens, temperature, schema: takesSchema }: Dialect,
) {
  return {
    model,
    messages: prompt,
    [tokens]: mostTokens,
    ...(temperature ? { temperature: 0 } : {}),
    ...(takesSchema && schema
      ? {
          response_format: {
            type: 'json_schema' as const,
            json_schema: { name: 'reply', strict: true, schema: z.toJSONSchema(schema) },
          },
        }
      : {}),
  };
}

/** The same for the Responses API, which is told not to keep it. */
export function responseBody({ model, prompt, schema, mostTokens }: Asked, dialect: Dialect) {
  return {
    model,
    input: prompt,
    max_output_tokens: mostTokens,
    store: false,
    ...(dialect.schema && schema
      ? {
          text: {
            format: {
              type: 'json_schema' as const,
              name: 'reply',
              strict: true,
              schema: z.toJSONSchema(schema),
            },
          },
        }
      : {}),
  };
}

const count = z.number().catch(0);

const completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: count, completion_tokens: count }).nullish().catch(undefined),
});

/** Endpoints send what they like: nothing of it is believed before it was looked at. */
export function readCompletion(sent: unknown): ModelReply {
  const { choices, usage } = completion.parse(sent);
  const [choice] = choices;
  if (choice?.message.refusal || choice?.finish_reason === 'content_filter')
    throw faulty('refused', 'the examiner refused');
  return {
    text: choice?.message.content ?? '',
    usage: { sent: usage?.prompt_tokens ?? 0, written: usage?.completion_tokens ?? 0 },
  };
}

const response = z.object({
  output: z.array(
    z.object({
      content: z
        .array(z.object({ text: z.string().optional(), refusal: z.string().optional() }))
        .optional()
        .catch(undefined),
    }),
  ),
  usage: z.object({ input_tokens: count, output_tokens: count }).nullish().catch(undefined),
});

/** The text of a response; what it holds of thinking has no text. */
export function readResponse(sent: unknown): ModelReply {
  const { output, usage } = response.parse(sent);
  const parts = output.flatMap(({ content = [] }) => content);
  if (parts.some(({ refusal }) => refusal)) throw faulty('refused', 'the examiner refused');
  return {
    text: parts.map(({ text = '' }) => text).join(''),
    usage: { sent: usage?.input_tokens ?? 0, written: usage?.output_tokens ?? 0 },
  };
}

/** A way to ask that the endpoint may take, after it refused one; whether it named what it refuses. */
export function otherDialect(
  dialect: Dialect,
  { status, message, param }: APIError,
): { dialect: Dialect; isNamed: boolean } | undefined {
  const named = `${param ?? ''} ${message}`;
  if (status === 404 && dialect.api === 'chat' && /v1\/chat\/completions/.test(named))
    return { dialect: { ...dialect, api: 'responses' }, isNamed: true };
  if (status !== 400 && status !== 422) return undefined;
  // The message of an endpoint for reasoning models names the parameter that it wants instead.
  if (
    /max_tokens|temperature/.test(named) &&
    (dialect.tokens === 'max_tokens' || dialect.temperature)
  )
    return {
      dialect: { ...dialect, tokens: 'max_completion_tokens', temperature: false },
      isNamed: true,
    };
  if (/max_completion_tokens/.test(named))
    return { dialect: { ...dialect, tokens: 'max_tokens' }, isNamed: true };
  return dialect.schema
    ? {
        dialect: { ...dialect, schema: false },
        isNamed: /response_format|schema|guided|grammar/i.test(named),
      }
    : undefined;
}
