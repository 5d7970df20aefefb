// Paths in a response.
export type Path = readonly (string | number)[];

/** Whether one path is a prefix of the other: an error above or below a null explains it. */
export const onOneLine = (one: Path, other: Path): boolean =>
  one.slice(0, other.length).every((step, i) => step === other[i]);
