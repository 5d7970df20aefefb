// What an email must be like.

/** The end of the address of an account whose address was taken by its owner: no mail goes there. */
export const RELEASED = '@released.invalid';

/** An email as accounts are known by it; null when it is none. */
export function emailOf(text: string): string | null {
  const email = text.normalize('NFKC').trim().toLowerCase();
  // nothing that cannot be seen: it would make two emails look alike
  return email.length <= 254 &&
    !/\p{C}/u.test(email) &&
    !email.endsWith(RELEASED) &&
    /^[^\s@,;:<>()[\]"\\]{1,64}@([a-z0-9-]+\.)+[a-z0-9-]{2,}$/.test(email)
    ? email
    : null;
}
