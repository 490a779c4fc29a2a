import { plain, type Text } from './reply.ts';

/** A mistake of the person's: the text is shown word for word and says what to do next. */
export class UserError extends Error {
  override name = 'UserError';
  readonly text: Text;

  constructor(text: Text, options?: ErrorOptions) {
    super(plain(text), options);
    this.text = text;
  }
}
