/**
 * What somebody typed, from the form in which Slack sends messages and slash commands: people by our ids
 * (`<@slack:T1/U1|ada>`) and channels as they come, links as they were typed, the three entities as characters.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text
 */
export function readTypedText(text: string, team: string): string {
  return text.replace(/<([^<>]*)>|&(amp|lt|gt);/g, (all, token?: string, entity?: string) => {
    if (entity) return ENTITIES[entity] ?? all;
    return readToken(token ?? '', team);
  });
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>' };

function readToken(token: string, team: string): string {
  const [target = '', label = ''] = token.split('|');
  const name = label === '' ? '' : `|${label}`;
  if (target.startsWith('@')) return `<@slack:${team}/${target.slice(1)}${name}>`;
  if (target.startsWith('#')) return `<${target}${name}>`;
  if (target.startsWith('!')) return label || `@${target.slice(1)}`;
  // A label may hold entities of its own: they are read once, here.
  return (label || target).replace(
    /&(amp|lt|gt);/g,
    (all, entity: string) => ENTITIES[entity] ?? all,
  );
}
