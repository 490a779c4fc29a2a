import { fullName } from '../../spine/button.ts';
import type { Command } from '../../spine/command.ts';
import type { Conversation } from './conversation.ts';
import type { ShownCommand, Snapshot } from './protocol.ts';

/** Everything that a page needs to show a session from the beginning. */
export function snapshotOf({ record, faults, board, world: current }: Conversation): Snapshot {
  const world = current();
  return {
    workspace: world.workspaceName,
    speakers: [...world.speakers],
    commands: world.bot.commands
      .filter(({ hidden, message }) => !hidden || message)
      .map(shownCommand),
    places: record.places(),
    messages: record.messages(),
    board,
    faults: { ...faults },
    happened: record.happened(),
    now: world.now().toISOString(),
    zone: world.zone,
    locale: world.locale,
  };
}

function shownCommand(command: Command): ShownCommand {
  const { summary, example, options, message, hidden } = command;
  return {
    name: fullName(command),
    summary,
    example,
    options: options.map((option) => ({
      name: option.name,
      summary: option.summary,
      kind: option.kind,
      required: option.required,
      ...(option.choices ? { choices: option.choices } : {}),
      ...(option.suggests ? { suggests: option.suggests } : {}),
    })),
    ...(message ? { action: message.title } : {}),
    ...(hidden ? { isHidden: true } : {}),
  };
}
