// Mail into a folder: each mail is a file that mail programs open.
import { open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer';
import { diskFault, isMissing } from '../database/disk-fault.ts';
import type { Mail } from './mail.ts';
import { makeFolder } from '../config/make-folder.ts';
import { mailOptions } from './mail.smtp.ts';

const OWNER_ONLY = 0o600; // mails contain names

/**
 * Writes mails into a folder, which is created if it is missing: `<the mail's id>.eml`. Sending a mail again writes the
 * same file.
 */
export function openFileMail(folder: string, from: string): Mail {
  return {
    async send(letter) {
      const path = join(folder, fileOf(letter.id));
      const text = await new MailComposer(mailOptions(letter, from)).compile().build();
      await writeWhole(path, text).catch((error: unknown) => {
        throw diskFault(error, path);
      });
    },
    async forget(subjects) {
      const gone = new Set(subjects);
      for (const { file, about } of await mailsIn(folder)) {
        if (gone.has(about)) await rm(join(folder, file), { force: true });
      }
    },
    close: async () => undefined,
  };
}

const fileOf = (id: string): string => `${id.replace(/[^\w.-]/g, '_')}.eml`;

/** The mails in the folder, unfinished ones included, each with its order or account; none if there is no folder. */
export async function mailsIn(folder: string): Promise<{ file: string; about: string }[]> {
  const files = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw diskFault(error, folder);
  });
  return files
    .filter((file) => /\.eml(\.part)?$/.test(file))
    .map((file) => ({ file, about: file.replace(/\..*/, '') }));
}

/** Writes the file whole or not at all; on a full disk, removes the part that was written. */
async function writeWhole(path: string, text: Buffer): Promise<void> {
  makeFolder(dirname(path));
  const part = `${path}.part`;
  try {
    await using file = await open(part, 'w', OWNER_ONLY);
    await file.writeFile(text);
    await file.sync();
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}
