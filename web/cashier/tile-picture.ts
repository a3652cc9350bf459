/** Where the register has a picture of goods; by its hash, so it is got once. */
export const pictureAddress = (hash: string): string => `/api/pictures/${hash}`
