import { afterEach, describe, expect, test } from 'vitest';
import type { HasId, Person } from '../../sandbox/sandbox.ts';
import type { TestBotOptions } from '../support/bot.ts';
import { ask, forge, OPEN_TO_ALL, startTeam } from './support.ts';
import type { ForgedOption, Options, Running } from './support.ts';

let team: Running;
const start = async (options: Partial<TestBotOptions> = {}) => {
  team = await startTeam(options);
};
afterEach(() => team.end());

const workspaceOf = ({ id }: HasId) => team.running.app.workspaces.byChannel(id);

/** What the server's owner is told. */
async function told(sub: string, options: Options = {}, place: HasId = team.channel): Promise<string> {
  return (await ask(team.ana, place, `workspace ${sub}`, options)).text;
}

const forged = (person: Person, sub: string, options: ForgedOption[]) =>
  forge(team, person, { name: 'workspace', options: [{ name: sub, type: 1, options }] });

describe('mapped anew', () => {
  const settingsOf = (place: HasId = team.channel) => workspaceOf(place)?.settings;
  const OWN = ['escalation-channel', 'second-owner', 'summary-at', 'summary-channel', 'retention-days'];

  /** Every setting, to what no rule says. */
  async function setAll() {
    const { guild, ben } = team;
    const morning = guild.createChannel({ name: 'morning' });
    await team.running.settled();
    const options = {
      'escalation-channel': morning,
      'second-owner': ben,
      'summary-at': '09:00',
      'summary-channel': morning,
      'retention-days': 0,
    };
    await told('map', options);
    const settings = {
      escalationChannelId: morning.id,
      secondOwner: `user:${ben.id}`,
      summaryAt: '09:00',
      summaryChannelId: morning.id,
      retentionDays: 0,
    };
    expect(settingsOf()).toEqual(settings);
    return { options, settings };
  }

  /** The same rule, with settings of its own. */
  const ruled = (more: object) => ({ config: { workspaces: [{ ...OPEN_TO_ALL.workspaces![0]!, ...more }] } });

  test('keeps every setting that is not named, also with another type', async () => {
    await start();
    const { settings } = await setAll();
    await told('map', { type: 'project' });
    expect(settingsOf()).toEqual(settings);
    await told('map', { type: 'open', 'summary-at': 'off' });
    expect(settingsOf()).toEqual({ ...settings, summaryAt: 'off' });
  });

  test('with another type has the usual days and times of that type, where nobody set others', async () => {
    await start();
    expect(await told('map', { type: 'coordination', 'second-owner': team.ben })).toContain(
      'Kept for 90 days',
    );
    expect(await told('map', { type: 'open' })).toMatch(/Kept for 7 days[^]*No reports/);
    expect(settingsOf()).toEqual({ secondOwner: `user:${team.ben.id}` });
  });

  test('keeps its type where none is named, and stays the rule’s where the rule’s part is not touched', async () => {
    await start();
    expect(await told('map', { 'summary-at': '09:00' })).toMatch(/project · [^]*a rule of the config file/);
    expect(workspaceOf(team.channel)).toMatchObject({ type: 'project', mappedBy: 'rule' });
    await told('map', { owner: team.ben });
    expect(workspaceOf(team.channel)).toMatchObject({ type: 'project', mappedBy: 'command' });
    await told('map', { type: 'direct' });
    await told('map', { 'retention-days': 3 });
    expect(workspaceOf(team.channel)).toMatchObject({
      type: 'direct',
      owners: [`user:${team.ben.id}`],
      settings: { summaryAt: '09:00', retentionDays: 3 },
    });
  });

  test('a new channel takes the type of its rule; without a rule it has to be named', async () => {
    await start();
    const general = team.guild.createChannel({ name: 'general' });
    expect(await told('map', { 'summary-at': '09:00' }, general)).toContain('name its `type`');
    expect(workspaceOf(general)).toBeUndefined();
    await told('unmap');
    await told('map');
    expect(workspaceOf(team.channel)).toMatchObject({ type: 'project', unmappedAt: null });
  });

  test('after it was unmapped it begins as the config file says, but for a hold', async () => {
    await start(ruled({ retention_days: 5 }));
    await setAll();
    await told('hold', { state: 'on' });
    await told('unmap');
    expect(settingsOf()).toMatchObject({ retentionDays: 0 });
    await told('map', { type: 'project', 'summary-at': '10:00' });
    expect(settingsOf()).toEqual({ hold: true, summaryAt: '10:00', retentionDays: 5 });
  });

  test.each(OWN)('gives %s back to the config file, and that alone', async (name) => {
    await start(ruled({ retention_days: 5, summary_at: '07:00' }));
    const { options, settings } = await setAll();
    const shown = await told('map', { reset: name });
    const kept = Object.keys(options).filter((other) => other !== name);
    expect(shown).toContain(`Set here: ${kept.map((other) => `\`${other}\``).join(', ')}.`);
    const key = Object.keys(settings)[OWN.indexOf(name)]!;
    const rules: Record<string, unknown> = { retentionDays: 5, summaryAt: '07:00' };
    expect(settingsOf()).toEqual(key in rules ? { ...settings, [key]: rules[key] } : without(key, settings));
  });

  const without = (key: string, settings: object) =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => name !== key));

  test('gives owner and coordinator back: to the rule, or else to the server’s owner and nobody', async () => {
    await start();
    const general = team.guild.createChannel({ name: 'general' });
    await team.running.settled();
    for (const place of [team.channel, general]) {
      await told('map', { type: 'open', owner: team.ben, coordinator: 'researcher' }, place);
      await told('map', { reset: 'owner' }, place);
      expect(workspaceOf(place)).toMatchObject({ coordinator: 'researcher' });
      await told('map', { reset: 'coordinator' }, place);
    }
    expect(workspaceOf(team.channel)).toMatchObject({ coordinator: 'nanobot', owners: ['everyone'] });
    expect(workspaceOf(general)).toMatchObject({ coordinator: null, owners: [], type: 'open' });
  });

  test('refuses to set and to give back the same', async () => {
    await start();
    const { settings } = await setAll();
    expect(await told('map', { reset: 'retention-days', 'retention-days': 3 })).toContain(
      'either name `retention-days` or reset it',
    );
    expect(await forged(team.ana, 'map', [{ name: 'reset', type: 3, value: 'hold' }])).toContain(
      'cannot be reset',
    );
    expect(settingsOf()).toEqual(settings);
  });

  test('the channel itself, for decisions or reports, wins over a rule that names another', async () => {
    const elsewhere = '1099000000000000007';
    await start(ruled({ escalation_channel: elsewhere, summary_channel: elsewhere }));
    expect(settingsOf()).toMatchObject({ summaryChannelId: elsewhere });
    const { channel } = team;
    const itself = { 'escalation-channel': channel, 'summary-channel': channel };
    expect(await told('map', itself)).toContain(`Decisions are asked for in <#${channel.id}>`);
    expect(settingsOf()).toEqual({ escalationChannelId: channel.id, summaryChannelId: channel.id });
  });

  test('/workspace show tells what is set here, and that all else is the config file’s', async () => {
    await start();
    expect(await told('show')).toContain('Nothing of it is set here');
    await told('map', { 'retention-days': 0 });
    await told('hold', { state: 'on' });
    expect(await told('show')).toContain('Set here: `retention-days`, `hold`. ');
    await told('hold', { state: 'off' });
    expect(await told('map', { reset: 'retention-days' })).toContain('Nothing of it is set here');
  });

  test('a hold that is lifted is a setting only where the config file holds', async () => {
    await start(ruled({ hold: true }));
    expect(await told('hold', { state: 'off' })).toContain('Set here: `hold off`');
    expect(settingsOf()).toEqual({ hold: false });
  });
});
