// Text that every database can store.

/** Whether a database can store the text: it cannot store U+0000 or half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();
