import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import type { SlackBlock } from '../../slack/blocks.ts';
import { PROBLEM, TYPED } from '../../slack/form.ts';
import { type Directory, type DrawnField, drawBoxes, drawInput, drawMenu } from './form.ts';
import { drawBlock } from './slack.ts';
import { draw, styled, type Tree } from './tree.ts';

/** A window with a form as Slack draws it. */
export function drawSlackForm(view: ModalView, directory: Directory): Tree {
  return draw(
    'form',
    { class: 'sl-modal', novalidate: true },
    styled('h3', 'sl-modal-title', view.title.text),
    // The library leaves a view's blocks open; ours are inputs and what a message may hold.
    ...(view.blocks as (InputBlock | SlackBlock)[]).flatMap((block) => {
      if (block.type === 'input') return isBesideList(block) ? [] : [field(block, directory)];
      if (block.block_id !== PROBLEM) return [drawBlock(block)];
      return [draw('div', { class: 'sl-problem', role: 'alert' }, drawBlock(block))];
    }),
    styled(
      'div',
      'sl-modal-buttons',
      draw(
        'button',
        { type: 'button', class: 'sl-button sl-plain', 'data-close': true },
        view.close?.text ?? 'Cancel',
      ),
      draw(
        'button',
        { type: 'submit', class: 'sl-button sl-primary' },
        view.submit?.text ?? 'Submit',
      ),
    ),
  );
}

/** The page has no list to search in: what is picked from it is typed in the same field. */
const isBesideList = ({ block_id = '' }: InputBlock) => block_id.endsWith(TYPED);

function field(block: InputBlock, directory: Directory): Tree {
  const drawn: DrawnField = {
    look: 'sl',
    name: block.block_id ?? '',
    label: block.label.text,
    hint: block.hint?.text,
    isRequired: block.optional !== true,
  };
  return control(block.element, drawn, directory);
}

function control(
  element: InputBlock['element'],
  drawn: DrawnField,
  { channels, people }: Directory,
): Tree {
  switch (element.type) {
    case 'plain_text_input':
      return drawInput(drawn, {
        isLong: element.multiline === true,
        // Slack takes no upload in a form without a further right, so a file is pasted there.
        ...(element.action_id === 'file' ? { isFile: true } : {}),
        ...(element.initial_value ? { value: element.initial_value } : {}),
        ...(element.max_length ? { most: element.max_length } : {}),
      });
    case 'external_select':
      return drawInput(drawn, {
        isLong: false,
        ...(element.initial_option?.value ? { value: element.initial_option.value } : {}),
      });
    case 'number_input':
      return drawInput(drawn, {
        isLong: false,
        mode: 'decimal',
        ...(element.initial_value ? { value: element.initial_value } : {}),
      });
    case 'static_select':
      return drawMenu(drawn, choices(element.options, [element.initial_option]));
    case 'multi_static_select':
      return drawBoxes(drawn, choices(element.options, element.initial_options));
    case 'conversations_select':
      return drawMenu(
        drawn,
        channels.map(({ id, name }, at) => ({ label: name, value: id, isChosen: at === 0 })),
      );
    case 'users_select':
      return drawMenu(
        drawn,
        people.map(({ id, name }) => ({
          label: name,
          value: id,
          isChosen: id.endsWith(`:${element.initial_user}`),
        })),
      );
    default:
      return styled('p', 'unknown', `(${element.type} can't be shown here)`);
  }
}

function choices(
  // The library's options may hold markup; ours are plain text.
  options: readonly { text: { text: string }; value?: string }[] | undefined,
  chosen: readonly (Partial<PlainTextOption> | undefined)[] | undefined,
) {
  const values = new Set((chosen ?? []).map((option) => option?.value));
  return (options ?? []).map(({ text, value = '' }) => ({
    label: text.text,
    value,
    isChosen: values.has(value),
  }));
}
