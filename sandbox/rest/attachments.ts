import { Hono } from 'hono';
import type { Core } from '../core.ts';
import type { RestEnv } from './request.ts';

/** Uploaded files, as Discord's content network serves them: no token needed, the address is the secret. */
export function attachmentRoutes(core: Core): Hono<RestEnv> {
  return new Hono<RestEnv>().get('/attachments/:channel/:attachment/:filename', (c) => {
    const file = core.world.files.get(c.req.param('attachment'));
    const isHere = file?.channelId === c.req.param('channel') && file.filename === c.req.param('filename');
    if (file === undefined || !isHere) return c.text('This content is no longer available.', 404);
    return c.body(file.bytes, 200, {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.filename}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });
}
