/** Why a database cannot be opened, in words for whoever runs the bot. */
export class DatabaseError extends Error {
  override name = 'DatabaseError';
}
