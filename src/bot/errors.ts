/** A mistake of the person's: the message is shown word for word and says what to do next. */
export class UserError extends Error {
  override name = 'UserError';
}
