import type { HTTPReceiverOptions, Installation } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Bot } from '../../../spine/command.ts';
import type { Installations } from '../../../spine/platform.ts';
import { isByVisitor } from '../logger.ts';
import { INSTALL_PATH, REDIRECT_PATH } from '../manifest.ts';
import { type Extras, scopesFor } from '../scopes.ts';
import { idOf, type SlackInstallationStore } from './installations.ts';
import { installPage, sendPage } from './pages.ts';
import { createStates } from './state.ts';

/** Lets workspaces install the app themselves. */
export type Installing = {
  clientId: string;
  clientSecret: string;
  installations: Installations;
  /** Which rights are asked for. */
  extras: Extras;
};

/** What a receiver needs so that it serves the two pages and knows the tokens. */
export function oauthOptions({
  installing: { clientId, clientSecret, installations, extras },
  keeper,
  clientOptions,
  bot,
  welcome,
}: {
  installing: Installing;
  keeper: SlackInstallationStore;
  clientOptions: WebClientOptions;
  bot: Pick<Bot, 'joined'>;
  /** Writes to the person who installed the app, in Slack. */
  welcome(installation: Installation): Promise<void>;
}): Partial<HTTPReceiverOptions> {
  const scopes = [...scopesFor(extras).keys()];
  return {
    clientId,
    clientSecret,
    scopes,
    installationStore: keeper,
    installerOptions: {
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      clientOptions,
      renderHtmlForInstallPath: installPage,
      stateStore: createStates({
        secret: clientSecret,
        urlOptions: { scopes },
        isFirstUse: installations.isFirstUse,
      }),
      callbackOptions: {
        afterInstallation: async (installation) => {
          keeper.isMade(installation);
          return true;
        },
        async successAsync(installation, _options, _request, response) {
          for (const id of await workspacesOf(installation, installations)) await bot.joined(id);
          sendPage(response, 200, doneWith(installation));
          await welcome(installation);
        },
        failure: ({ code, message }, _options, _request, response) =>
          sendPage(response, isByVisitor(code) ? 400 : 500, failedWith(code, message)),
      },
    },
  };
}

/** The workspaces that are back, as far as they are known. */
async function workspacesOf(
  { team, enterprise, isEnterpriseInstall }: Installation,
  installations: Installations,
): Promise<string[]> {
  const id = isEnterpriseInstall ? enterprise?.id : team?.id;
  return id ? [idOf(id), ...(await installations.reachedBy(idOf(id)))] : [];
}

function doneWith({ team, enterprise, isEnterpriseInstall, enterpriseUrl, appId }: Installation) {
  const name = (isEnterpriseInstall ? enterprise?.name : team?.name) ?? 'Slack';
  const title = `Warmup is installed in ${name}`;
  if (isEnterpriseInstall)
    return {
      title,
      text: 'Now choose its workspaces. Then set up the daily question in its channel.',
      link: {
        label: 'Choose workspaces',
        url: `${enterpriseUrl}manage/organization/apps/profile/${appId}/workspaces/add`,
      },
    };
  return {
    title,
    text: 'I sent you a message with the next steps.',
    link: {
      label: 'Open Slack',
      url: `https://slack.com/app_redirect?app=${appId}&team=${team?.id}`,
    },
  };
}

const again = { label: 'Try again', url: INSTALL_PATH };

function failedWith(code: string, message: string) {
  if (/User cancel/.test(message))
    return {
      title: "Warmup wasn't installed",
      text: 'You canceled, so nothing changed.',
      link: again,
    };
  if (isByVisitor(code))
    return {
      title: 'This link has expired',
      text: 'Nothing was installed. Start again, in the same browser and with cookies allowed.',
      link: again,
    };
  return {
    title: 'Something went wrong',
    text: 'Nothing was installed. Try again. If it keeps happening, tell the person who hosts Warmup.',
    link: again,
  };
}
