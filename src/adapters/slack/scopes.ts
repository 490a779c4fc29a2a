/** Every right that the app asks for, with the reason that an admin reads before allowing it. */
export const SCOPES = {
  commands: 'answers /warmup and the message action "Use as my answer"',
  'chat:write': 'posts the daily question and its recap in channels that it was invited to',
  'users:read': 'reads the time zone, the language and the display name of those who use it',
} as const;

export type Scope = keyof typeof SCOPES;

/** The events that the app listens to; none of them needs a scope of its own. */
export const EVENTS = ['app_home_opened', 'app_uninstalled', 'tokens_revoked'] as const;
