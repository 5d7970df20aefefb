// A traveller's name in Latin letters, as tickets and gates need it, split into family and given name.
import anyAscii from 'any-ascii';

export interface LatinName {
  family: string;
  /** Empty if the name has only one part. */
  given: string;
  /** Whether the name's own script writes the family name first. */
  isFamilyFirst: boolean;
}

const FAMILY_FIRST =
  /^[\p{Script_Extensions=Han}\p{Script=Hangul}\p{Script_Extensions=Hira}\p{Script_Extensions=Kana}\s·・]+$/u;

/** Family names of two characters that occur in names of three. */
const LONG_FAMILY_NAMES = new Set(
  (
    '欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 東方 独孤 獨孤 南宫 南宮 闻人 聞人 夏侯 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文 ' +
    '长孙 長孫 皇甫 端木 百里 呼延 轩辕 軒轅 남궁 황보 제갈 사공 선우 서문 독고 동방'
  ).split(' '),
);

/**
 * Chinese, Korean and Japanese names begin with the family name: the first word or, in a name without spaces, the first
 * character (the first two if the name has four or more, or begins with a known two-character family name). In all other
 * names it is the last word.
 */
export function latinName(name: string): LatinName {
  const isFamilyFirst = FAMILY_FIRST.test(name);
  const words = name.split(isFamilyFirst ? /[\s·・]+/u : /\s+/).filter(Boolean);
  if (!isFamilyFirst) return { family: anyAscii(words.pop() ?? ''), given: anyAscii(words.join(' ')), isFamilyFirst };
  const [family = '', ...given] = words.length > 1 ? words : splitFamilyFirst(words[0] ?? '');
  return { family: spelled(family), given: given.map(spelled).join(' '), isFamilyFirst };
}

function splitFamilyFirst(word: string): string[] {
  const characters = [...word];
  if (!/^[\p{Script=Han}\p{Script=Hangul}々]+$/u.test(word)) return [word]; // kana does not show where the family name ends
  const beginsLong = characters.length >= 4 || (characters.length === 3 && LONG_FAMILY_NAMES.has(word.slice(0, 2)));
  const at = beginsLong ? 2 : 1;
  return [characters.slice(0, at).join(''), characters.slice(at).join('')].filter(Boolean);
}

/** One word with one capital: anyAscii begins each syllable with a capital letter. */
function spelled(word: string): string {
  const latin = anyAscii(word);
  return latin.slice(0, 1).toUpperCase() + latin.slice(1).toLowerCase();
}
