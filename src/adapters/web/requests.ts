import { chosenInput } from '../../spine/button.ts';
import type { Command } from '../../spine/command.ts';
import type { Attachment, RequestInput as BotSaid, Place } from '../../spine/request.ts';
import { readSelectId } from '../discord/card.ts';
import { readSelectActionId } from '../slack/blocks.ts';
import { LIMITS } from './limits.ts';
import type { Look, Said, SentFile, ShownMessage, ShownPlace, UserAction } from './protocol.ts';

/**
 * A gesture of the page as the machine wants it; undefined for a message action that nobody declares, or on what is no
 * message of a person.
 */
export function gestureInput(
  gesture: UserAction,
  on: ShownMessage | undefined,
  commands: readonly Command[],
): BotSaid | undefined {
  switch (gesture.kind) {
    case 'text': {
      const { text, file } = gesture;
      return { kind: 'text', text, ...(file ? { file: toAttachment(file) } : {}) };
    }
    case 'press':
      return pressed(gesture);
    case 'form': {
      const files = Object.entries(gesture.files).map(
        ([name, file]) => [name, toAttachment(file)] as const,
      );
      const values = { ...gesture.values, ...Object.fromEntries(files) };
      return { kind: 'form', id: gesture.id, values };
    }
    case 'action': {
      const command = commands.find(({ name }) => name === gesture.command);
      if (!command?.message || on?.by !== 'person') return undefined;
      return { kind: 'action', command: command.name, text: on.text, author: on.account };
    }
  }
}

const READERS: Record<Look, typeof readSelectId> = {
  discord: readSelectId,
  slack: readSelectActionId,
};

function pressed({ look, id, values }: Extract<UserAction, { kind: 'press' }>): BotSaid {
  const select = values ? READERS[look](id) : undefined;
  if (!select || !values) return { kind: 'button', id };
  // Nothing chosen: the command asks for what is missing.
  const chosen = values.length > 0 ? { [select.option]: values.join(',') } : {};
  return chosenInput(select.id, chosen);
}

function toAttachment({ name, base64 }: SentFile): Attachment {
  const content = Buffer.from(base64, 'base64');
  return {
    name,
    bytes: content.byteLength,
    text: async () => new TextDecoder().decode(content),
    content: async () => content,
  };
}

/** Where a place of the page is, for the machine. */
export function placeOf(place: ShownPlace, channel: string): Place {
  if (place.kind === 'thread') return { channel, thread: place.id, kind: 'thread' };
  return { channel: place.id, kind: place.kind };
}

/** A gesture from a request's body; undefined when it is none. */
export function readUserInput(body: unknown): Said | undefined {
  if (!isObject(body)) return undefined;
  const { delivery, account, place, message, gesture: given } = body;
  const gesture = readGesture(given);
  if (!isText(delivery) || !isText(account) || !isText(place) || !gesture) return undefined;
  return { delivery, account, place, gesture, ...(isText(message) ? { message } : {}) };
}

function readGesture(given: unknown): UserAction | undefined {
  if (!isObject(given)) return undefined;
  const { kind, text, id, look, command, values, file, files } = given;
  switch (kind) {
    case 'text':
      if (!isText(text)) return undefined;
      return isFile(file) ? { kind, text, file } : { kind, text };
    case 'press': {
      if (!isText(id) || (look !== 'discord' && look !== 'slack')) return undefined;
      const isList = Array.isArray(values) && values.every(isText);
      return isList ? { kind, look, id, values } : { kind, look, id };
    }
    case 'form':
      return isText(id) && isMap(values, isText) && isMap(files, isFile)
        ? { kind, id, values, files }
        : undefined;
    case 'action':
      return isText(command) ? { kind, command } : undefined;
    default:
      return undefined;
  }
}

/** True for an object, as JSON gives it. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a text that is short enough to have been typed. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LIMITS.text;
}

function isFile(value: unknown): value is SentFile {
  if (!isObject(value)) return false;
  const { name, base64 } = value;
  return isText(name) && typeof base64 === 'string';
}

function isMap<T>(
  value: unknown,
  isEach: (each: unknown) => each is T,
): value is Record<string, T> {
  return isObject(value) && Object.values(value).every(isEach);
}
