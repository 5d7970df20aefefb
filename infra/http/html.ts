// Escapes text for HTML.

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text with all markup characters escaped, also for use within quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);
