// Normalization and validation of email addresses.

/** Suffix of the placeholder address of an account that lost its address to the confirmed owner. No mail goes there. */
export const RELEASED = '@released.invalid';

/** The email in the form that accounts are stored with; null if it is not an email address. */
export function emailOf(text: string): string | null {
  const email = text.normalize('NFKC').trim().toLowerCase();
  // no invisible characters: they would make two different emails look alike
  return email.length <= 254 &&
    !/\p{C}/u.test(email) &&
    !email.endsWith(RELEASED) &&
    /^[^\s@,;:<>()[\]"\\]{1,64}@([a-z0-9-]+\.)+[a-z0-9-]{2,}$/.test(email)
    ? email
    : null;
}
