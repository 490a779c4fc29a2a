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

const MAX_TOKENS = 1200;

/** A judgement has some thousand characters; whatever is longer than this is none. */
const MAX_BYTES = 1_000_000;

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
 * Why an endpoint that works gave no judgement: it refused this one answer, and the next one may fare
 * better, or what it sent is of no use.
 */
export type Fault = 'refused' | 'useless';

/** An error with its fault. */
export function faulty(fault: Fault, message: string): Error {
  return Object.assign(new Error(message), { fault });
}

/** The fault of an error; undefined when the endpoint itself has failed. */
export const faultOf = (error: unknown): Fault | undefined =>
  // Only faulty() makes errors with one.
  error instanceof Error && 'fault' in error ? (error.fault as Fault) : undefined;

/** What is wrong with one request: its content, its size. All other statuses are of the endpoint. */
const OF_THE_REQUEST = new Set([400, 413, 422]);

/**
 * One answer of the model as text.
 *
 * @throws Error when it refuses, is cut off, sends elsewhere, is not reachable or takes too long; its cause is the
 * `Retry-After` of an endpoint that wants to be left alone for a while.
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
      // An answer goes to the endpoint that was configured, and nowhere else.
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        ...(endpoint.key ? { authorization: `Bearer ${endpoint.key}` } : {}),
      },
      body: JSON.stringify({
        model: endpoint.model,
        messages: call.prompt,
        temperature: 0,
        max_tokens: MAX_TOKENS,
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
      throw statusError(response);
    }
    return { text: contentOf(JSON.parse(await bodyOf(response))), used: form };
  }
  throw new Error('the judge accepts no form of request');
}

function statusError({ status, headers }: Response): Error {
  const message = `the judge answered with status ${status}`;
  if (OF_THE_REQUEST.has(status)) return faulty('refused', message);
  return new Error(message, { cause: headers.get('retry-after') ?? undefined });
}

/** A body without an end must not fill the memory of the bot. */
async function bodyOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error('the judge sent too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function contentOf(json: unknown): string {
  const [choice] = reply.parse(json).choices;
  if (choice?.message.refusal || choice?.finish_reason === 'content_filter')
    throw faulty('refused', 'the judge refused');
  if (choice?.finish_reason === 'length') throw faulty('useless', "the judge's answer was cut off");
  if (!choice?.message.content) throw faulty('useless', 'the judge gave an empty answer');
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
