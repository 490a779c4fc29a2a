import type { PlatformFacts } from '../spine/platform.ts';
import type { PlatformName } from '../spine/request.ts';

/** What differs between the platforms: whoever adds one adds a row. */
export const FACTS: Record<PlatformName, PlatformFacts> = {
  discord: {
    name: 'discord',
    displayName: 'Discord',
    placeWord: 'server',
    rooms: true,
    isDirectAlone: true,
    privateRoom: 'thread',
    // A thread is a channel of its own.
    roomLink: 'thread',
    channelId: /^\d{15,20}$/,
    typesAnswers: false,
    namesPeople: false,
  },
  slack: {
    name: 'slack',
    displayName: 'Slack',
    placeWord: 'workspace',
    rooms: true,
    // A direct message may be one between two people.
    isDirectAlone: false,
    privateRoom: 'direct',
    roomLink: 'channel',
    channelId: /^[CGD][A-Z0-9]{8,}$/,
    typesAnswers: false,
    namesPeople: false,
    // Without the right to upload files, the beginning of a text is shown.
    fileTextLimit: 8_000,
  },
  terminal: {
    name: 'terminal',
    displayName: 'The terminal',
    placeWord: 'workspace',
    rooms: false,
    isDirectAlone: true,
    privateRoom: 'thread',
    typesAnswers: true,
    namesPeople: true,
  },
  web: {
    name: 'web',
    displayName: 'The page',
    placeWord: 'workspace',
    rooms: true,
    isDirectAlone: true,
    privateRoom: 'thread',
    roomLink: 'thread',
    typesAnswers: false,
    namesPeople: false,
  },
};
