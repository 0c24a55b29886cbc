/**
 * What must not stand in one line: what breaks it or commands a screen, and the marks that change the direction of writing, by
 * which it would look like another. Joiners and variation selectors are none of these: Persian and emoji need them.
 */
export const NOT_IN_ONE_LINE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/**
 * A character that can be seen by itself: no space, no mark on another character, nothing that is drawn as nothing (Hangul's
 * fillers, joiners, selectors, tags), nothing of which people have not agreed how it is drawn, and none of the few letters and
 * symbols that leave their place blank: in Braille, two of the hieroglyphs, a note without its head, and what stands for an object that is not there.
 */
export const CAN_BE_SEEN =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{C}\p{M}\u2800\ufffc\u{13441}\u{13442}\u{1d159}]/u;
