// Text as HTML shows it.

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text, so that no character of it is markup, also within quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);
