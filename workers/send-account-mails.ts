// Sends the mails of accounts, each with a code made at that moment: the plain code is stored nowhere.
import { Undeliverable } from '../infra/partners/mail.ts';
import { accountLetter, hasCode } from '../subgraphs/account/rules/account-mails.ts';
import { account } from '../subgraphs/account/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'send-account-mails';
const EVERY = 200; // ms
const AT_ONCE = 20; // mails

/** After a crash between sending and recording, the mail is sent again with another code: both work. */
export const sendAccountMails = defineWorker({
  name: NAME,
  port: 4114,
  does: 'mails codes and notices; creates each code at that moment',
  due: 'mails that are due',
  subgraph: account,
  uses: ['mail'],
  work({ stores: { mails, recovery }, platform }) {
    const { mail, now } = platform;
    const log = platform.log.child({ service: NAME });

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

    return { due: { every: EVERY, due: () => mails.due(AT_ONCE), handle: send } };
  },
});
