// Mail over SMTP, by nodemailer.
import { createTransport, type SendMailOptions } from 'nodemailer';
import { type Letter, type Mail, messageId, Undeliverable } from './mail.ts';
import { asPage, asText } from './mail-form.ts';
import { parseServerUrl, tlsOf } from '../config/server-url.ts';

const PATIENCE = 10_000; // ms for each step of the conversation; the caller tries again later
const AT_ONCE = 2; // connections

/**
 * Mail over smtp:// (with TLS if the server offers it; `?tls=on` requires it) or smtps://, with user and password in
 * the URL. `?ca=FILE` names the certificate authorities to trust. Throws an Error with a sentence if the URL is not
 * valid.
 */
export function openSmtpMail(url: string, from: string): Mail {
  const server = parseServerUrl(url);
  const tls = tlsOf(server);
  const { user, password: pass } = server;
  const transport = createTransport({
    ...server.hosts[0],
    pool: true,
    maxConnections: AT_ONCE,
    secure: server.scheme === 'smtps',
    requireTLS: tls !== undefined,
    ...(user && pass && { auth: { user, pass } }),
    ...(tls && { tls }),
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(letter) {
      try {
        await transport.sendMail(mailOptions(letter, from));
      } catch (error) {
        // error messages repeat the address: report only the code
        const { responseCode, code, command } = error as { responseCode?: number; code?: string; command?: string };
        if (code === 'EENVELOPE' && isFinal(responseCode, command))
          throw new Undeliverable(`SMTP ${responseCode ?? code}`);
        throw Object.assign(
          new Error(`the mail server did not accept a mail: ${responseCode ?? code ?? 'no answer'}`),
          {
            code,
          },
        );
      }
    },
    forget: async () => undefined,
    close: async () => transport.close(),
  };
}

/** The mail in nodemailer's format. */
export const mailOptions = (letter: Letter, from: string): SendMailOptions => ({
  messageId: messageId(letter, from),
  from,
  to: { name: '', address: letter.to }, // one address, whatever its text: it cannot name a second one
  subject: letter.subject,
  text: asText(letter),
  html: asPage(letter),
  date: letter.at,
  headers: { 'Auto-Submitted': 'auto-generated' },
  attachments: letter.attachments.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
});

/**
 * Whether the server refuses the receiver for good; a refused sender is our own fault, and can be repaired. Without a
 * response the text was no address at all.
 */
const isFinal = (responseCode: number | undefined, command = ''): boolean =>
  responseCode === undefined || (responseCode >= 500 && command.startsWith('RCPT'));
