import { type Button, plain, type Text } from './reply.ts';

/** A mistake of the person's: the text is shown word for word and says what to do next; a button does it. */
export class UserError extends Error {
  override name = 'UserError';
  readonly text: Text;
  readonly buttons: readonly Button[];

  constructor(
    text: Text,
    { buttons = [], ...options }: ErrorOptions & { buttons?: readonly Button[] } = {},
  ) {
    super(plain(text), options);
    this.text = text;
    this.buttons = buttons;
  }
}
