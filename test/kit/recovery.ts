// Password reset and email addresses: what a visitor asks for, and the codes in the mails.
import { eventually } from './eventually.ts';
import { PASSWORD, type SignIn, SIGN_IN_ANSWER } from './person.ts';
import { type World } from './world.ts';

export const OTHER = 'walnut-quarry-lantern-62';
export const VICTIM = 'asha.rao@example.com';

export interface Result {
  __typename: string;
  code?: string;
  email?: string;
  validForMinutes?: number;
}

/** The operations of a visitor without a session. */
export const visitor = (world: World) => {
  const result = async <T = Result>(query: string, variables: object, headers = {}): Promise<T> =>
    (await world.graph<{ result: T }>(query, variables, headers)).data.result;
  const mailed = '{ __typename ... on MailRequested { email validForMinutes } ... on AccountRefusal { code } }';
  return {
    forgets: (email: string) =>
      result(`mutation ($email: String!) { result: requestPasswordReset(email: $email) ${mailed} }`, { email }),
    resets: (code: string, password = OTHER) =>
      result<SignIn>(
        `mutation ($input: ResetPasswordInput!) { result: resetPassword(input: $input) ${SIGN_IN_ANSWER} }`,
        { input: { code, password } },
      ),
    confirms: (code: string, headers: Record<string, string> = {}) =>
      result(
        `mutation ($code: String!) { result: confirmEmail(code: $code) {
          __typename ... on EmailConfirmed { email } ... on AccountRefusal { code } } }`,
        { code },
        headers,
      ),
    changes: (headers: Record<string, string>, email: string, password = PASSWORD) =>
      result(
        `mutation ($input: ChangeEmailInput!) { result: changeEmail(input: $input) ${mailed} }`,
        { input: { email, password } },
        headers,
      ),
    me: async (headers: Record<string, string>) =>
      (
        await world.graph<{ me: { email: string; emailConfirmed: boolean; data: string } | null }>(
          '{ me { email emailConfirmed data } }',
          {},
          headers,
        )
      ).data?.me,
  };
};

export interface Sent {
  kind: string;
  to: string;
  code: string | null;
}

/** The mails of accounts, each with its code. */
export async function sent(world: World): Promise<Sent[]> {
  return [...(await world.accountMails())].map(([file, text]) => ({
    kind: file.split('.')[1]!,
    to: /^To: (.*?)\r?$/m.exec(text)![1]!,
    code: /^([\w-]{43})\r?$/m.exec(text.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '='))?.[1] ?? null,
  }));
}

/** The code in the only mail of this kind to this address. */
export const codeOf = (world: World, kind: string, to = VICTIM): Promise<string> =>
  eventually(async () => {
    const found = (await sent(world)).filter((each) => each.kind === kind && each.to === to);
    if (found.length !== 1) throw new Error(JSON.stringify(await sent(world)));
    return found[0]!.code!;
  });

/** Resolves once the mail queue is empty. */
export const mailed = (world: World): Promise<unknown> =>
  eventually(async () => {
    const { db } = await world.stores.account();
    return (await db.rows<{ count: number }>('select count(*) as count from account_mail', []))[0]!.count === 0;
  });
