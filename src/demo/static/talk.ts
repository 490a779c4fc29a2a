import type { Actor, Listener } from '../../adapters/web/page/talk.ts';
import type { Fault, Snapshot, UserAction } from '../../adapters/web/protocol.ts';

/** Takes the place of the server in the static demo: the machine runs in this page. */

/** Loaded beside the first question, which is shown as the build left it. */
const machine = import('./machine.ts').then(({ startMachine }) => startMachine());

/** Shows what the build left, and from then on all that happens. */
export async function listen({ take, tell }: Listener): Promise<void> {
  try {
    const all = (await (await fetch('begin.json')).json()) as Snapshot;
    take({ kind: 'all', all });
    (await machine).listen(take);
    await keepForOffline();
    tell('Ready offline');
  } catch (error) {
    tell('This demo needs a newer browser.');
    throw error;
  }
}

/** Resolves once a later visit needs no network. */
async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('offline.js');
  await navigator.serviceWorker.ready;
}

export const say = async (actor: Actor, gesture: UserAction) =>
  (await (await machine).say({ delivery: crypto.randomUUID(), ...actor, gesture })) ?? {
    kind: 'nothing',
  };

export const suggest = async (asked: {
  account: string;
  command: string;
  option: string;
  typed: string;
}) => (await machine).suggest(asked);

export const jump = async (words: string) => (await machine).jump(words);
export const setFault = async (fault: Fault, isOn: boolean) =>
  (await machine).setFault(fault, isOn);
export const reset = async () => (await machine).reset();
