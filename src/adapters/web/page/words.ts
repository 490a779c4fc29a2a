import type { ShownMessage } from '../protocol.ts';
import { fallbackWords } from '../render/slack.ts';
import { nameOf, type State } from './state.ts';

const MOST = 300;

/** A new message in words, for those who hear the page. */
export function announcement(state: State, message: ShownMessage): string {
  const where = message.place === state.place ? '' : ` in ${placeOf(state, message)}`;
  if (message.by === 'person') return `${nameOf(state, message.account)}${where}: ${message.text}`;
  const text = fallbackWords(message.payloads.slack.message.text);
  const shown = text.length > MOST ? `${text.slice(0, MOST)}…` : text;
  const to = message.only === undefined ? '' : ', only to you';
  return `Warmup${where}${to}: ${shown}`;
}

function placeOf({ places }: State, { place }: ShownMessage): string {
  return places.get(place)?.title ?? place;
}
