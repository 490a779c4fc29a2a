/** Every right that the app asks for, with the reason that an admin reads before allowing it. */
const SCOPES = {
  commands: 'answers /warmup and the message action "Use as my answer"',
  'chat:write': 'posts the daily question and its recap in channels it was invited to',
  'users:read': 'reads the time zone, language, and display name of people who use it',
  'mpim:write': 'opens a group message for the two people of a peer interview',
} as const;

/** Asked for only when answers may be typed as plain words. */
const TYPED_SCOPES = {
  'app_mentions:read': 'reads messages that mention it',
  'im:history': 'reads direct messages sent to it',
} as const;

/** Asked for only when long exports should come as files. */
const FILE_SCOPES = {
  'files:write': 'sends long content, such as an export, as a file',
} as const;

type Scope = keyof typeof SCOPES | keyof typeof TYPED_SCOPES | keyof typeof FILE_SCOPES;

/** What an operator chooses beside the least. */
export type Extras = { typedAnswers?: boolean | undefined; files?: boolean | undefined };

/** The rights that the code uses, each with its reason. */
export function scopesFor({ typedAnswers = false, files = false }: Extras) {
  const all = {
    ...SCOPES,
    ...(typedAnswers ? TYPED_SCOPES : {}),
    ...(files ? FILE_SCOPES : {}),
  };
  // The keys of the tables are the scopes.
  return new Map(Object.entries(all) as [Scope, string][]);
}

/** The events that the code listens to. */
export function eventsFor({ typedAnswers = false }: Extras, isForMany = false) {
  return [
    ...(['app_home_opened', 'app_uninstalled', 'tokens_revoked'] as const),
    ...(isForMany ? (['team_access_granted', 'team_access_revoked'] as const) : []),
    ...(typedAnswers ? (['app_mention', 'message.im'] as const) : []),
  ];
}
