import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainInName, isSharedDomain, parseDomain, registrableDomain } from '../../src/mapping/domains.ts';

describe('the registrable domain is what the owner registered', () => {
  it.each([
    ['acme.com', 'acme.com'],
    ['www.acme.com', 'acme.com'],
    ['a.b.c.acme.com', 'acme.com'],
    ['mail.acme.co.uk', 'acme.co.uk'],
    ['acme.com.au', 'acme.com.au'],
    ['portal.acme.co.nz', 'acme.co.nz'],
    ['acme.co.za', 'acme.co.za'],
    ['acme.com.br', 'acme.com.br'],
    ['x.acme.co.jp', 'acme.co.jp'],
    ['x.acme.ne.jp', 'acme.ne.jp'],
    ['trust.nhs.uk', 'trust.nhs.uk'],
    ['mail.oak.herts.sch.uk', 'oak.herts.sch.uk'],
    ['oak.sch.uk', 'oak.sch.uk'],
    ['mail.oakhigh.vic.edu.au', 'oakhigh.vic.edu.au'],
    ['www.springfield.k12.il.us', 'springfield.k12.il.us'],
    ['shop.acme.de', 'acme.de'],
    ['acme.asso.fr', 'acme.asso.fr'],
    ['acme.uk.com', 'acme.uk.com'],
    ['acme.onmicrosoft.com', 'acme.onmicrosoft.com'],
    ['acme.mail.onmicrosoft.com', 'acme.onmicrosoft.com'],
    ['acme.sharepoint.com', 'acme.sharepoint.com'],
    ['shop.acme.myshopify.com', 'acme.myshopify.com'],
    ['acme.github.io', 'acme.github.io'],
    ['onmicrosoft.com', 'onmicrosoft.com'],
  ])('%s is %s', (host, expected) => {
    expect(registrableDomain(host)).toBe(expected);
  });

  it.each(['com', 'co.uk', 'localhost', 'com.au', 'org.uk', ''])('%s is none', (host) => {
    expect(registrableDomain(host)).toBeNull();
  });
});

describe('a domain is read from a host, URL or e-mail address', () => {
  it.each([
    ['ACME.com', 'acme.com'],
    ['  www.acme.com  ', 'acme.com'],
    ['https://www.acme.co.uk/contact?x=1#y', 'acme.co.uk'],
    ['http://user:secret@acme.com:8443/path@x', 'acme.com'],
    ['acme.com/', 'acme.com'],
    ['acme.com.', 'acme.com'],
    ['acme.com:443', 'acme.com'],
    ['*.acme.com', 'acme.com'],
    ['@acme.com', 'acme.com'],
    ['jo@mail.acme.com', 'acme.com'],
    ['mailto:jo@acme.com', 'acme.com'],
    ['Jo Smith <jo@acme.com>', 'acme.com'],
    ['acme.com, acme.org', 'acme.com'],
    ['acme.com; acme.org', 'acme.com'],
    ['müller.de', 'müller.de'],
    ['xn--mller-kva.de', 'müller.de'],
    ['пример.рф', 'пример.рф'],
    ['xn--e1afmkfd.xn--p1ai', 'пример.рф'],
    ['3m.com', '3m.com'],
    ['acme-tools.com', 'acme-tools.com'],
  ])('%s gives %s', (text, expected) => {
    expect(parseDomain(text)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '.',
    '..',
    'acme',
    'localhost',
    'n/a',
    'none',
    '@',
    'Acme Ltd',
    'hello acme.com',
    '192.168.0.1',
    'http://10.0.0.1/x',
    '[::1]',
    '-acme.com',
    'acme-.com',
    'ac me.com',
    'acme..com',
    'acme.c',
    'acme.123',
    'https://',
    `${'a'.repeat(64)}.com`,
    `${'a.'.repeat(200)}com`,
    '!!!.com',
    '__proto__',
  ])('garbage gives none: %j', (text) => {
    expect(parseDomain(text)).toBeNull();
  });

  it('uses the cut of the caller where one is given', () => {
    expect(parseDomain('a.b.acme.special', (host) => host.split('.').slice(-3).join('.'))).toBe(
      'b.acme.special',
    );
  });

  it('returns null or a lower-case domain with a dot that reads as itself, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.domain(), fc.webUrl(), fc.emailAddress()),
        (text) => {
          const domain = parseDomain(text);
          if (domain === null) return;
          expect(domain).toContain('.');
          expect(parseDomain(domain)).toBe(domain);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('stays fast on a megabyte of anything', () => {
    const startedAt = performance.now();
    for (const unit of ['a', '.', '@', 'a.', '/', '<', '-', 'xn--', ' ', '\u0301', ':1'])
      parseDomain(unit.repeat(500_000));
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe('shared domains say nothing about the owner', () => {
  it.each([
    'gmail.com',
    'googlemail.com',
    'hotmail.co.uk',
    'outlook.fr',
    'yahoo.co.jp',
    'live.nl',
    'icloud.com',
    'gmx.de',
    'web.de',
    't-online.de',
    'btinternet.com',
    'comcast.net',
    'bigpond.com',
    'xtra.co.nz',
    'qq.com',
    'mail.ru',
    'yandex.ru',
    'facebook.com',
    'linkedin.com',
    'onmicrosoft.com',
    'wordpress.com',
    'example.com',
  ])('%s is shared', (domain) => {
    expect(isSharedDomain(domain)).toBe(true);
  });

  it.each([
    'acme.com',
    'acme.onmicrosoft.com',
    'acme.wordpress.com',
    'mygmail.com',
    'outlookfarm.com',
    'nhs.uk',
  ])('%s is not shared', (domain) => {
    expect(isSharedDomain(domain)).toBe(false);
  });
});

describe('a domain typed as the name is understood', () => {
  it.each([
    ['acme.co.uk', 'acme'],
    ['www.acme.com', 'acme'],
    ['WWW.Acme.com/', 'acme'],
    ['https://acme.io/home', 'acme'],
    ['acme.onmicrosoft.com', 'acme'],
    ['acme.mail.onmicrosoft.com', 'acme'],
    ['smith-jones.com', 'smith-jones'],
    ['info@acme.com', 'acme'],
    ['Booking.com', 'booking'],
    ['Amazon.com', 'amazon'],
    ['3m.com', '3m'],
    ['www.acme.plumbing', 'acme'],
  ])('%s is the brand %s', (name, brand) => {
    expect(domainInName(name)).toBe(brand);
  });

  it.each([
    'Acme',
    'Acme Ltd',
    'Acme.com Ltd',
    'acme.co.uk (old)',
    'St.John',
    'J.Smith',
    'A.B.Co',
    'U.S.A.',
    'Node.js',
    'A/S',
    'jo@gmail.com',
    'co.uk',
    '',
    '...',
    'v1.2',
  ])('%s is a name like any other', (name) => {
    expect(domainInName(name)).toBeNull();
  });
});
