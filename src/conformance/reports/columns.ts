/* How wide a terminal shows a text. Uses no API of Node, because a web page uses it too. */

/**
 * The width that terminals use: a combining mark takes no column of its own, and some scripts take two per character.
 */
export const columnsOfCharacter = (character: string): number =>
  isCombining(character) ? 0 : wide.test(character) ? 2 : 1;

export const columnsOf = (text: string): number =>
  Array.from(text, columnsOfCharacter).reduce((sum, columns) => sum + columns, 0);

export const isCombining = (character: string): boolean => combining.test(character);

const combining = /^[\p{Mn}\p{Me}\u1160-\u11ff]$/u;
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;
