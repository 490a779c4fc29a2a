/** The part of an outbox row that has it sent as soon as possible. */
export function dueNow(at: Date) {
  return { state: 'due', dueAt: at, at } as const;
}
