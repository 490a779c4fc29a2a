import type { Change, Fault, Outcome, Said, UserAction } from '../protocol.ts';

/** Who hears what happens, and what the page has to say about itself. */
export type Listener = {
  take(change: Change): void;
  tell(problem: string): void;
  ready(words: string): void;
};

/** What the page says when it gets no answer. */
export const GONE = "The playground isn't responding. If you restarted it, open its new link.";

/** Hears everything from now on, first all that stands. */
export async function listen({ take, tell }: Listener): Promise<void> {
  const changes = new EventSource('/api/changes');
  changes.addEventListener('error', () => tell(GONE));
  changes.addEventListener('open', () => tell(''));
  changes.addEventListener('message', ({ data }) => take(JSON.parse(String(data)) as Change));
}

/** Asks the server for something; an answer other than 200 is an error. */
async function post<T>(path: string, body: unknown): Promise<T> {
  const answer = await fetch(`/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  // The server and this page are built from one definition of what goes between them.
  return (await answer.json()) as T;
}

/** Who acts, where, and on which message. */
export type Actor = { account: string; place: string; message?: string };

/** Does what somebody did. Each gesture has an id of its own, as a platform would give it. */
export function say(actor: Actor, gesture: UserAction): Promise<Outcome> {
  const said: Said = { delivery: crypto.randomUUID(), ...actor, gesture };
  return post<Outcome>('say', said);
}

/** Completions of an option while it is typed. */
export function suggest(asked: {
  account: string;
  command: string;
  option: string;
  typed: string;
}): Promise<{ label: string; value: string }[]> {
  return post('suggest', asked);
}

/** Moves the clock; false when the words name no moment that is to come. */
export async function jump(words: string): Promise<boolean> {
  return (await post<{ isMoved: boolean }>('jump', { words })).isMoved;
}

/** Makes something go wrong from now on, or no longer. */
export async function setFault(fault: Fault, isOn: boolean): Promise<void> {
  await post('fault', { fault, isOn });
}

/** Begins the demo anew. */
export async function reset(): Promise<void> {
  await post('reset', {});
}
