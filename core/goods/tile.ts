/** What the tile of goods may be coloured with on the selling page. */
export const tileColours = [
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'violet',
  'pink',
] as const
export type TileColour = (typeof tileColours)[number]

/** Pixels of a side of a tile's picture; twice what a tile shows of it. */
export const PICTURE_SIDE = 128
