// What an email and a name must be like.

/** An email as accounts are known by it; null when it is none. */
export function emailOf(text: string): string | null {
  const email = text.normalize('NFKC').trim().toLowerCase();
  // nothing that cannot be seen: it would make two emails look alike
  return email.length <= 254 &&
    !/\p{C}/u.test(email) &&
    /^[^\s@,;:<>()[\]"\\]{1,64}@([a-z0-9-]+\.)+[a-z0-9-]{2,}$/.test(email)
    ? email
    : null;
}

export const NAME_ADVICE = 'A name has 1 to 100 characters, no tabs or other control characters.';

/** A name without blanks around it; null when it has not 1 to 100 characters, or control characters. */
export function nameOf(text: string): string | null {
  const name = text.trim().normalize('NFC');
  return name.length >= 1 && name.length <= 100 && !/\p{Cc}/u.test(name) ? name : null;
}
