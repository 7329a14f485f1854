/** When a record expires that stays until it is deleted: the end of the year 9999, a time that every store can write. */
export const never = 253_402_300_799
