/**
 * What becomes of the sealed copies of a card's number and password once nobody needs them: they are for who makes the
 * plastic, or for a holder who has not yet looked at new ones. Whoever has the card, or gets it by a link, needs none.
 */
export const FORGOTTEN = { sealedNumber: null, sealedPassword: null } as const;
