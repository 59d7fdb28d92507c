import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../sandbox/rest/app.ts';
import { conformance, startTestSandbox } from '../support/sandbox.ts';

const channel = '/channels/1099511627776000001';

function exchange(more: Partial<Exchange>): Exchange {
  return {
    method: 'POST',
    path: `${channel}/messages`,
    status: 400,
    requestBody: { content: 'x' },
    requestContentType: 'application/json',
    responseBody: { message: 'Invalid Form Body', code: 50035 },
    headers: new Headers(),
    ...more,
  };
}

describe('conformance with the official description of Discord’s API', () => {
  it.runIf(conformance === undefined)('is not checked, for want of the description', () => {
    expect(process.env['DISCORD_OPENAPI'] ?? '').toBe('');
    console.info(
      'Conformance is not checked: set DISCORD_OPENAPI to the openapi.json of discord/discord-api-spec.',
    );
  });

  describe.skipIf(conformance === undefined)('is checked for every exchange', () => {
    const check = conformance!;

    it.each<[string, Partial<Exchange>]>([
      [
        'a refusal with a tree of errors',
        {
          responseBody: {
            message: 'x',
            code: 50035,
            errors: { a: { 0: { _errors: [{ code: 'A', message: 'b' }] } } },
          },
        },
      ],
      ['a refused request, however wrong', { requestBody: { content: 5 } }],
      [
        'a rate limit',
        { status: 429, responseBody: { message: 'x', retry_after: 0.5, global: false, code: 0 } },
      ],
      [
        'an answer without a body',
        { method: 'DELETE', path: `${channel}/messages/2`, status: 204, responseBody: undefined },
      ],
      [
        'permissions as strings',
        {
          method: 'PUT',
          path: `${channel}/permissions/2`,
          status: 204,
          requestBody: { type: 1, allow: '8' },
          responseBody: undefined,
        },
      ],
      ['an unknown path that is not found', { path: '/nothing', status: 404 }],
      ['a server’s failure', { status: 502, responseBody: undefined }],
    ])('lets %s pass', (_, more) => {
      expect(check(exchange(more))).toEqual([]);
    });

    it.each<[string, Partial<Exchange>, string]>([
      [
        'an answer that lacks fields',
        { status: 200, responseBody: {} },
        "response: must have required property 'type'",
      ],
      [
        'a request that does not fit',
        { status: 200, requestBody: { content: 5 } },
        'request/content: must be string,null',
      ],
      [
        'an error without a code',
        { responseBody: { message: 'x' } },
        "response: must have required property 'code'",
      ],
      [
        'a body where none belongs',
        { method: 'DELETE', path: `${channel}/messages/2`, status: 204, responseBody: {} },
        'has a body',
      ],
      [
        'a status that is not described',
        { status: 302, responseBody: undefined },
        'status 302 is not described',
      ],
      ['a path that does not exist', { path: '/nothing', status: 200 }, 'no such operation'],
    ])('reports %s', (_, more, fault) => {
      expect(check(exchange(more))[0]).toContain(fault);
    });

    it('knows the original response of an interaction, however it is written', () => {
      const path = '/webhooks/1099511627776000001/token/messages/%40original';
      const [fault] = check(
        exchange({ method: 'PATCH', path, status: 200, requestBody: {}, responseBody: {} }),
      );
      expect(fault).toContain('PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original 200');
    });

    it('makes closing a test’s sandbox fail', async () => {
      const sandbox = await startTestSandbox();
      const { core } = sandbox;
      const bot = sandbox.createBot({ username: 'researcher' });
      core.world.applications.get(bot.id)!.name = undefined as unknown as string;
      await fetch(`${sandbox.api}/v10/applications/@me`, { headers: { authorization: `Bot ${bot.token}` } });
      await expect(sandbox.close()).rejects.toThrow("must have required property 'name'");
    });
  });
});
