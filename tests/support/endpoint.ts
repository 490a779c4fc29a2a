import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { movableClock } from '../../src/demo/demo.ts';
import type { EndpointKind } from '../../src/examiner/endpoint.ts';
import { createExaminer } from '../../src/examiner/examine.ts';

/** What the examiner sends. */
export type SentBody = {
  model: string;
  /** Absent in a request of the Responses API. */
  messages: { role: string; content: string }[];
  input?: { role: string; content: string }[];
  temperature?: number;
  max_tokens?: number;
  max_completion_tokens?: number;
  response_format?: { type: string };
};

/** What an endpoint sends back: a body, nothing at all, or half of one. */
export type Sent = {
  status?: number;
  json?: unknown;
  hang?: boolean;
  breaks?: boolean;
  headers?: Record<string, string>;
};

/** A chat completion that says this. */
export const says = (content: unknown, rest: object = {}): Sent => ({
  json: {
    choices: [
      {
        message: { content: typeof content === 'string' ? content : JSON.stringify(content) },
        finish_reason: 'stop',
        ...rest,
      },
    ],
    usage: { prompt_tokens: 900, completion_tokens: 100 },
  },
});

/** How it answers a request, its how many-th, at a path. */
export type Behavior = (body: SentBody, call: number, path: string) => Sent;

/** A server on loopback that answers chat completions as it is told, and knows what it was sent. */
export async function fakeEndpoint(behavior: Behavior) {
  const bodies: SentBody[] = [];
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization);
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      if (request.url?.endsWith('/models')) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ object: 'list', data: [{ id: 'served-model' }] }));
        return;
      }
      bodies.push(JSON.parse(text));
      const {
        status = 200,
        json,
        hang,
        breaks,
        headers,
      } = behavior(JSON.parse(text), bodies.length, request.url ?? '');
      if (hang) return;
      const body = typeof json === 'string' ? json : JSON.stringify(json ?? {});
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      if (!breaks) response.end(body);
      else response.write(body.slice(0, body.length / 2), () => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, bodies, keys, calls: () => bodies.length };
}

/** An examiner at such a server, on a clock that only moves when told to. */
export async function examinerAt(
  behavior: Behavior,
  { kind = 'url', model = 'test' }: { kind?: EndpointKind; model?: string | undefined } = {},
) {
  const endpoint = await fakeEndpoint(behavior);
  const failures: unknown[] = [];
  const usage: { sent: number; written: number; requests: number }[] = [];
  const clock = movableClock(new Date('2026-03-02T09:00:00Z'));
  const examiner = createExaminer({
    endpoint: { kind, url: endpoint.url, model: model || undefined },
    clock,
    nonce: () => 'marker-1234',
    answerMs: 600,
    onFailure: (error) => failures.push(error),
    onUsage: (used) => usage.push(used),
  });
  return { ...endpoint, examiner, failures, usage, clock };
}
