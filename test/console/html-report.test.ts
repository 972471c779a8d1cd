import { afterAll, describe, expect, it } from 'vitest';
import { renderHtmlReport } from '../../src/console/html-report.ts';
import { suggestMappings } from '../../src/mapping/index.ts';
import { makePageFolder } from './support.ts';

const page = makePageFolder();
afterAll(page.remove);

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("https://evil.example")',
  '\u202eevil\u202c',
  '\u2028 line \u2029 separator',
];

const render = (instance: string, names: readonly string[]) => {
  const rows = names.map((name, id) => ({ id: `${id}`, name }));
  return renderHtmlReport(suggestMappings(rows, rows), {
    instance,
    at: new Date('2026-11-26T03:41:00Z'),
    pageFolder: page.folder,
  });
};

describe('the HTML report', () => {
  it('keeps every hostile name inside its data', async () => {
    const html = await render('<b>uk</b>', HOSTILE);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<b>');
    const json = /id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    const { rows } = JSON.parse(json);
    expect(rows.map(({ name }: { name: string }) => name)).toEqual(HOSTILE);
  });

  it('allows nothing but its own script and style', async () => {
    const html = await render('uk', ['Contoso']);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[\w+/=]{44}'; style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'$/,
    );
    expect(html).not.toMatch(/\b(src|href)=/);
  });

  it('gives evidence in short, each label once', async () => {
    const html = await render('uk', ['Contoso Ltd', 'Fabrikam Brewing']);
    const { labels, rows } = JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '');
    expect(new Set(labels).size).toBe(labels.length);
    const [label, weight] = rows[0].candidates[0].evidence[0];
    expect(labels[label]).toEqual(expect.any(String));
    expect(weight).toEqual(expect.any(Number));
  });

  it('says why a proposal that is sure enough is for a person', async () => {
    const [organizations, customers] = ['Halden Dental Ltd', 'Halden Dental Inc'].map((name) => [
      { id: 1, name },
    ]);
    const html = await renderHtmlReport(suggestMappings(organizations!, customers!), {
      instance: 'uk',
      at: new Date('2026-11-26T03:41:00Z'),
      pageFolder: page.folder,
    });
    expect(html).toContain('For a person, however sure: ');
    expect(html).toContain('the legal forms contradict each other (ltd / inc)');
    const { labels, rows } = JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '');
    const called = rows[0].candidates[0].evidence.filter(
      ([, , , review]: [number, number, string, true?]) => review,
    );
    expect(called.map(([label]: [number]) => labels[label])).toContain('Legal forms');
  });

  it('says how to build it where it was not built', async () => {
    await expect(
      renderHtmlReport(suggestMappings([], []), { instance: 'uk', pageFolder: '/nowhere' }),
    ).rejects.toThrow(/npm run build/);
  });
});
