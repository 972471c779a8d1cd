import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate with its key, as `node:tls` takes them. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** What signs certificates. */
export interface Authority extends Certificate {
  /** Makes a certificate under this one. */
  issue(options: CertificateOptions): Authority;
}

export interface CertificateOptions {
  readonly name: string;
  /** Host names and IPv4 addresses that it is for. */
  readonly hosts?: readonly string[];
  readonly isAuthority?: boolean;
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

const DAY_MS = 24 * 3600 * 1000;

/**
 * Makes a certificate that signs itself: a root authority, or a server's own. The few lines of DER (ITU-T X.690, RFC
 * 5280) spare a program to install and keys to commit.
 */
export function createCertificate(options: CertificateOptions): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return build(options, keys, { name: options.name, key: keys.privateKey });
}

function build(
  options: CertificateOptions,
  { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject },
  issuer: { name: string; key: KeyObject },
): Authority {
  const {
    name,
    validFrom = new Date(Date.now() - DAY_MS),
    validTo = new Date(Date.now() + 30 * DAY_MS),
  } = options;
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    distinguishedName(issuer.name),
    sequence(time(validFrom), time(validTo)),
    distinguishedName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions(options))),
  );
  const signature = sign('sha256', body, issuer.key);
  const certificate = sequence(body, ECDSA_WITH_SHA256, bits(signature));
  return {
    cert: pem(certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    issue: (child) =>
      build(child, generateKeyPairSync('ec', { namedCurve: 'P-256' }), { name, key: privateKey }),
  };
}

function extensions({ hosts = [], isAuthority = false }: CertificateOptions): Buffer[] {
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host)
      ? tagged(0x87, Buffer.from(host.split('.').map(Number)))
      : tagged(0x82, Buffer.from(host)),
  );
  const basic = isAuthority ? sequence(tagged(0x01, Buffer.of(0xff))) : sequence();
  return [
    extension('551d13', true, basic),
    ...(names.length === 0 ? [] : [extension('551d11', false, sequence(...names))]),
  ];
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  const flag = critical ? [tagged(0x01, Buffer.of(0xff))] : [];
  return sequence(objectId(id), ...flag, tagged(0x04, value));
}

const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));

function distinguishedName(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0c, Buffer.from(commonName)))));
}

function time(date: Date): Buffer {
  const text = `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return tagged(0x18, Buffer.from(text));
}

function integer(value: Buffer): Buffer {
  return tagged(0x02, value);
}

function bits(value: Buffer): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.of(0), value]));
}

function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
