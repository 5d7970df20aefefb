// The promises of both mail adapters: a mail arrives complete, and a second one with the same id is recognised.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { mailsIn, openFileMail } from '../../infra/partners/mail.file.ts';
import { openSmtpMail } from '../../infra/partners/mail.smtp.ts';
import { type Letter, type Mail, Undeliverable } from '../../infra/partners/mail.ts';
import { makeLock } from '../kit/certificates.ts';

const FROM = 'Fareloom <tickets@fareloom.example>';

const letter = (change: Partial<Letter> = {}): Letter => ({
  id: 'ord_1.order-ticketed',
  to: 'asha@example.org',
  subject: 'Your tickets – order FL-7K3M',
  paragraphs: ['Have a <good> journey.', { words: 'Your ticket', url: 'https://shop.example/tickets/a?b&c' }],
  attachments: [{ name: '312-2400000001.pdf', type: 'application/pdf', content: Buffer.from([0x25, 0, 0xff, 0x0a]) }],
  at: new Date('2026-03-01T12:00:00Z'),
  ...change,
});

/** A mail adapter, and the raw mails that arrived through it. */
interface Post extends AsyncDisposable {
  mail: Mail;
  arrived(): Promise<string[]>;
}

async function fileMail(): Promise<Post> {
  const dir = await mkdtemp(join(tmpdir(), 'mail-'));
  const folder = join(dir, 'post');
  const files = async () => (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'));
  return {
    mail: openFileMail(folder, FROM),
    arrived: async () => Promise.all(await files()),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true }),
  };
}

/** A real SMTP server in the test, and an adapter that sends to it. */
async function smtpMail(
  options: SMTPServerOptions = {},
  url = (port: number) => `smtp://localhost:${port}`,
): Promise<Post> {
  const letters: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) =>
      void buffer(stream).then((content) => {
        letters.push(content.toString());
        done();
      }),
    ...options,
  });
  server.listen(0, 'localhost');
  await once(server.server, 'listening');
  const mail = openSmtpMail(url((server.server.address() as AddressInfo).port), FROM);
  return {
    mail,
    arrived: async () => letters,
    [Symbol.asyncDispose]: async () => {
      await mail.close();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

for (const [name, open] of Object.entries({ file: fileMail, smtp: smtpMail })) {
  test(`${name}: a mail arrives with its text, its HTML and its attachment`, async () => {
    await using post = await open();
    await post.mail.send(letter());
    const [mail = ''] = await post.arrived();
    assert.match(mail, /^From: Fareloom <tickets@fareloom\.example>\r?$/m);
    assert.match(mail, /^To: asha@example\.org\r?$/m);
    assert.match(mail, /^Subject: =\?UTF-8\?/m);
    assert.match(mail, /Date: Sun, 01 Mar 2026 12:00:00 \+0000/);
    assert.match(
      mail,
      /text\/plain[^]*Have a <good> journey\.[^]*Your ticket: https:[^]*text\/html[^]*Have a &lt;good&gt; journey\./,
    );
    assert.match(mail, /application\/pdf[^]*JQD\/Cg==/);
  });

  test(`${name}: a mail sent again has the same Message-ID, and another mail has another`, async () => {
    await using post = await open();
    await post.mail.send(letter());
    await post.mail.send(letter());
    await post.mail.send(letter({ id: 'ord_1.order-refunded' }));
    const ids = (await post.arrived()).map((mail) => /^Message-ID: (\S+)\r?$/m.exec(mail)?.[1]);
    assert.deepEqual([...new Set(ids)].sort(), [
      '<ord_1.order-refunded@fareloom.example>',
      '<ord_1.order-ticketed@fareloom.example>',
    ]);
  });

  test(`${name}: neither an address nor a subject can add a header or a recipient`, async () => {
    await using post = await open();
    const to = 'asha@example.org\r\nBcc: b@example.org, c@example.org';
    await post.mail.send(letter({ to, subject: 'Hello\r\nBcc: d@example.org' })).catch(() => undefined);
    for (const mail of await post.arrived().catch(() => [])) {
      const [headers = ''] = mail.split(/\r?\n\r?\n/, 1);
      assert.doesNotMatch(headers, /^Bcc:/m);
    }
  });
}

test('file: a mail sent again is the same file', async () => {
  await using post = await fileMail();
  await post.mail.send(letter());
  await post.mail.send(letter());
  assert.equal((await post.arrived()).length, 1);
});

test('smtp: user and password are sent, and only over TLS where the URL requires it', async () => {
  await using lock = await makeLock();
  const [key, cert] = await Promise.all([readFile(lock.key, 'utf8'), readFile(lock.cert, 'utf8')]);
  const shown: string[] = [];
  const options: SMTPServerOptions = {
    key,
    cert,
    authOptional: false,
    disabledCommands: [],
    onAuth: ({ username, password }, { secure }, done) => {
      shown.push(`${username}:${password} ${secure ? 'over TLS' : 'in the open'}`);
      done(null, { user: username });
    },
  };
  const login = 'us%40er:p%2Fw';
  await using upgraded = await smtpMail(options, (port) => `smtp://${login}@localhost:${port}?tls=on&ca=${lock.ca}`);
  await upgraded.mail.send(letter());
  await using wrapped = await smtpMail(
    { ...options, secure: true },
    (port) => `smtps://${login}@localhost:${port}?ca=${lock.ca}`,
  );
  await wrapped.mail.send(letter());
  assert.deepEqual(shown, ['us@er:p/w over TLS', 'us@er:p/w over TLS']);
});

test('smtp: a server without TLS gets no mail where the URL requires it', async () => {
  await using post = await smtpMail({}, (port) => `smtp://localhost:${port}?tls=on`);
  await assert.rejects(post.mail.send(letter()), /did not accept a mail/);
  assert.deepEqual(await post.arrived(), []);
});

test('smtp: a permanently refused address is a different error from an unavailable server', async () => {
  const refusing = (responseCode: number): SMTPServerOptions => ({
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode })),
  });
  await using never = await smtpMail(refusing(550));
  await assert.rejects(never.mail.send(letter()), (error: Error) => {
    assert.ok(error instanceof Undeliverable);
    assert.doesNotMatch(error.message, /asha/);
    return true;
  });
  await using later = await smtpMail(refusing(450));
  await assert.rejects(later.mail.send(letter()), (error) => !(error instanceof Undeliverable));
  const away = openSmtpMail('smtp://localhost:1', FROM);
  await assert.rejects(away.send(letter()), (error) => !(error instanceof Undeliverable));
  await away.close();
});

test('a mail left unfinished by a crash is found with the others, and removed with its order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mail-'));
  try {
    await writeFile(join(folder, 'ord_1.paid.eml.part'), 'To: asha@example.org');
    assert.deepEqual(await mailsIn(folder), [{ file: 'ord_1.paid.eml.part', about: 'ord_1' }]);
    await openFileMail(folder, FROM).forget(['ord_1']);
    assert.deepEqual(await readdir(folder), []);
  } finally {
    await rm(folder, { recursive: true });
  }
});
