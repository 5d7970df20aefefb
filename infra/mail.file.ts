// Mail into a folder: each letter a file that mail programs open.
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail } from './mail.ts';
import { composed } from './mail.smtp.ts';

const OWNER_ONLY = 0o600; // letters name people

/** Mail into a folder, made where it is missing: `<letter's id>.eml`. A letter that is sent again is the same file. */
export function openFileMail(folder: string, from: string): Mail {
  return {
    async send(letter) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${letter.id.replace(/[^\w.-]/g, '_')}.eml`);
      const text = await new MailComposer(composed(letter, from)).compile().build();
      await using file = await open(`${path}.part`, 'w', OWNER_ONLY);
      await file.writeFile(text);
      await file.sync();
      await rename(`${path}.part`, path); // whole or not at all
    },
    close: async () => undefined,
  };
}
