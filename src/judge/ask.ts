import { z } from 'zod';
import type { SpokenQuestion } from '../core/questions/schema.ts';
import type { Message } from './prompt.ts';
import { verdictSchema } from './verdict.ts';

/** An API that speaks chat completions, and the model to ask there. */
export type Endpoint = {
  /** The base of the API, such as `http://localhost:11434/v1`. */
  url: string;
  model: string;
  key?: string;
};

/** How an endpoint can be held to JSON; the first that it accepts is remembered. */
export type ResponseForm = 'json_schema' | 'json_object' | 'plain';

const WEAKER: Record<ResponseForm, ResponseForm | undefined> = {
  json_schema: 'json_object',
  json_object: 'plain',
  plain: undefined,
};

const MOST_TOKENS = 1200;

const reply = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
});

/**
 * One answer of the model as text.
 *
 * @throws Error when it refuses, is cut off, is not reachable or takes too long.
 */
export async function askModel(
  endpoint: Endpoint,
  call: { prompt: Message[]; schemaOf: SpokenQuestion; form: ResponseForm; signal: AbortSignal },
): Promise<{ text: string; used: ResponseForm }> {
  let form: ResponseForm | undefined = call.form;
  while (form) {
    const response = await fetch(`${endpoint.url.replace(/\/$/, '')}/chat/completions`, {
      method: 'POST',
      signal: call.signal,
      headers: {
        'content-type': 'application/json',
        ...(endpoint.key ? { authorization: `Bearer ${endpoint.key}` } : {}),
      },
      body: JSON.stringify({
        model: endpoint.model,
        messages: call.prompt,
        temperature: 0,
        max_tokens: MOST_TOKENS,
        ...responseFormat(form, call.schemaOf),
      }),
    });
    // An endpoint that does not know the form says so with 400 or 422.
    if ((response.status === 400 || response.status === 422) && WEAKER[form]) {
      await response.body?.cancel();
      form = WEAKER[form];
      continue;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`the judge answered with status ${response.status}`);
    }
    return { text: contentOf(await response.json()), used: form };
  }
  throw new Error('the judge accepts no form of request');
}

function contentOf(json: unknown): string {
  const [choice] = reply.parse(json).choices;
  if (choice?.message.refusal) throw new Error('the judge refused');
  if (choice?.finish_reason === 'length') throw new Error("the judge's answer was cut off");
  if (!choice?.message.content) throw new Error('the judge gave an empty answer');
  return choice.message.content;
}

function responseFormat(form: ResponseForm, question: SpokenQuestion): object {
  if (form === 'plain') return {};
  if (form === 'json_object') return { response_format: { type: 'json_object' } };
  return {
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'verdict',
        strict: true,
        schema: z.toJSONSchema(verdictSchema(question)),
      },
    },
  };
}
