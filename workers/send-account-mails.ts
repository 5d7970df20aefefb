// Sends the mails of accounts, each with a code made at that moment: the plain code is stored nowhere.
import type { Clock } from '../infra/process/clock.ts';
import type { Log } from '../infra/logging/log.ts';
import { type Mail, Undeliverable } from '../infra/partners/mail.ts';
import type { AccountMails } from '../subgraphs/account/store/account-mail-store.ts';
import { accountLetter, hasCode } from '../subgraphs/account/rules/account-mails.ts';
import type { Recovery } from '../subgraphs/account/store/recovery-store.ts';
import { pollDue } from './engine/poll-due.ts';

const NAME = 'send-account-mails';
const EVERY = 200; // ms
const AT_ONCE = 20; // mails

export interface SendAccountMails {
  log: Log;
  now: Clock;
  mails: AccountMails;
  recovery: Recovery;
  mail: Mail;
}

/** Starts the worker and returns its stop function. After a crash between sending and recording, the mail is sent again with another code: both work. */
export async function startSendAccountMails({ log: logOfSystem, now, mails, recovery, mail }: SendAccountMails) {
  const log = logOfSystem.child({ service: NAME });

  async function send(id: string): Promise<void> {
    const owed = await mails.claim(id);
    if (!owed) return;
    try {
      const code = hasCode(owed.kind) ? await recovery.mint({ ...owed, kind: owed.kind }) : '';
      if (code === null) return; // the mail was removed with its account, or with its codes
      await mail.send(accountLetter(owed, code, now()));
    } catch (error) {
      const fields = { mail: id, kind: owed.kind, error };
      if (await mails.failed(id, error instanceof Undeliverable)) log.error('account mail given up', fields);
      else log.warn('account mail failed; will retry', fields);
      return;
    }
    // the account was deleted while the mail was being sent: remove the copy in the mail folder as well
    if (!(await mails.sent(owed))) await mail.forget([owed.account]);
  }

  return pollDue({ log: logOfSystem, name: NAME, every: EVERY, due: () => mails.due(AT_ONCE), handle: send });
}
