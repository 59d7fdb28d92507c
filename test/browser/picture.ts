import { Resvg } from '@resvg/resvg-js';

/** A picture, 240 by 120. */
export const PNG = new Resvg(
  '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120"><rect width="240" height="120" fill="#1d7a41"/><circle cx="120" cy="60" r="40" fill="#fff"/></svg>',
)
  .render()
  .asPng();
