import type {
  APIComponentInLabel,
  APILabelComponent,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import { COMPONENT } from '../../discord/limits.ts';
import { drawMarkdown } from './discord-markdown.ts';
import {
  type Directory,
  type DrawnField,
  drawBoxes,
  drawFile,
  drawInput,
  drawMenu,
} from './form.ts';
import { draw, styled, type Tree } from './tree.ts';

/** A modal as Discord draws it; the page puts it in a dialog and sends what is filled in. */
export function drawDiscordForm(
  { title, components }: APIModalInteractionResponseCallbackData,
  directory: Directory,
): Tree {
  return draw(
    'form',
    { class: 'dc-modal', novalidate: true },
    styled('h3', 'dc-modal-title', title),
    ...components.map((part) => {
      if (part.type === COMPONENT.label) return field(part as APILabelComponent, directory);
      if (part.type === COMPONENT.textDisplay && 'content' in part) {
        return draw('div', { class: 'dc-about' }, ...drawMarkdown(part.content));
      }
      return styled('p', 'unknown', `(component ${part.type} can't be shown here)`);
    }),
    styled(
      'div',
      'dc-modal-buttons',
      draw('button', { type: 'button', class: 'dc-button dc-plain', 'data-close': true }, 'Cancel'),
      draw('button', { type: 'submit', class: 'dc-button dc-primary' }, 'Submit'),
    ),
  );
}

function field({ label, description, component }: APILabelComponent, directory: Directory): Tree {
  const [kind = '', ...rest] = component.custom_id.split(':');
  const drawn: DrawnField = {
    look: 'dc',
    name: rest.join(':'),
    label,
    hint: description,
    isRequired: 'required' in component ? component.required !== false : false,
  };
  return control(component, { drawn, kind, directory });
}

function control(
  component: APIComponentInLabel,
  { drawn, kind, directory }: { drawn: DrawnField; kind: string; directory: Directory },
): Tree {
  switch (component.type) {
    case COMPONENT.textInput:
      return drawInput(drawn, {
        isLong: component.style === 2,
        ...(component.value ? { value: component.value } : {}),
        ...(component.max_length ? { most: component.max_length } : {}),
        ...(kind === 'number' ? { mode: 'decimal' as const } : {}),
      });
    case COMPONENT.stringSelect: {
      const choices = component.options.map((option) => ({
        label: option.label,
        value: option.value,
        isChosen: option.default === true,
      }));
      return (component.max_values ?? 1) > 1 ? drawBoxes(drawn, choices) : drawMenu(drawn, choices);
    }
    case COMPONENT.channelSelect:
      // Discord chooses the stored channel by its number, which the channels of the page do not have.
      return drawMenu(drawn, picks(directory.channels, directory.channels[0]?.id));
    case COMPONENT.userSelect:
      return drawMenu(drawn, picks(directory.people, undefined));
    case COMPONENT.fileUpload:
      return drawFile(drawn);
    default:
      return styled('p', 'unknown', `(component ${component.type} can't be shown here)`);
  }
}

function picks(list: { id: string; name: string }[], chosen: string | undefined) {
  return list.map(({ id, name }) => ({ label: name, value: id, isChosen: id === chosen }));
}
