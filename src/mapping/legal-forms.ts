/**
 * Legal forms: each line is a canonical form and its spellings, in the folded form that `parseName` produces.
 * Facts from the ISO 20275 Entity Legal Forms list (CC0), opensanctions/rigour, psolin/cleanco and
 * DeNederlandscheBank/name_matching (all MIT), cut to what ends real names.
 */
const FORM_LINES = `
ltd:ltd,limited,co ltd,company limited,private limited,pvt ltd,private ltd,limited company,ltd co,coltd,co limited,pvt limited,ltd liability co,unlimited
pty:pty ltd,pty limited,pty,proprietary limited,proprietary ltd
pte:pte ltd,pte limited,pte
plc:plc,public limited company,public ltd co,public company limited,public co ltd,pcl,pub co,public limited,ltd plc
inc:inc,incorporated,incorporation,co inc,corp inc
corp:corp,corporation
co:co,company,and co,and company,cos,companies
llc:llc,limited liability company,limited liability co,lc,l l c
llp:llp,limited liability partnership,lllp
lp:lp,limited partnership,ltd partnership,l p,partnership
pllc:pllc
pc:pc,professional corporation,pa,professional association
cic:cic,community interest company
cio:cio
gmbh:gmbh,mbh,gesellschaft mit beschrankter haftung,ggmbh,gesmbh,ges m b h,g m b h,m b h
gmbhcokg:gmbh and co kg,gmbh and co,gmbh co kg,gmbh and co kgaa,ag and co kg,ag and co kgaa,se and co kgaa,se and co kg
ag:ag,aktiengesellschaft,akg
kgaa:kgaa
kg:kg,kommanditgesellschaft
ohg:ohg
ug:ug
eg:eg
ev:ev,e v
ek:ek,e k
sa:sa,societe anonyme,sociedad anonima,sociedade anonima,s a,sociedad anonima abierta,sau
saci:sacif,sa de cv,sab de cv,sapi de cv,s de rl de cv,de c v
se:se,societas europaea
sas:sas,societe par actions simplifiee,sasu
sarl:sarl,societe a responsabilite limitee,s a r l,eurl
sca:sca
snc:snc
scrl:scrl,sprl
srl:srl,societa a responsabilita limitata,societatea cu raspundere limitata,s r l,srls
spa:spa,societa per azioni,s p a
sl:sl,sociedad limitada,slu,s l
ltda:ltda,limitada,lda,eireli
bv:bv,besloten vennootschap,b v
nv:nv,naamloze vennootschap,n v
vof:vof
ab:ab,aktiebolag,ab publ,publ
asa:asa,allmennaksjeselskap
as:as,aksjeselskap,a s,aktieselskab,akciova spolecnost
aps:aps,anpartsselskab
oy:oy,osakeyhtio,oy ab
oyj:oyj,julkinen osakeyhtio,abp
hf:hf,ehf
kk:kk,kabushiki kaisha,kabushiki gaisha,k k
gk:gk,godo kaisha
yk:yk,yugen kaisha
kft:kft
zrt:zrt
nyrt:nyrt
sro:sro,spol s r o,s r o,spol sro
spzoo:sp z o o,spolka z ograniczona odpowiedzialnoscia,sp zoo
doo:doo,d o o
dd:dd,d d
ad:ad
ood:ood,eood
jsc:jsc,joint stock company,ojsc,pjsc,public joint stock company,open joint stock company,oao,pao,zao,ao,cjsc,closed joint stock company,joint stock co,open joint stock co,qsc,pjs
ooo:ooo,tov,obshchestvo s ogranichennoi otvetstvennostyu,tovaristvo z obmezhenoyu vidpovidalnistyu
tbk:tbk
bhd:bhd,berhad,sdn bhd,sdn berhad
as_tr:anonim sirketi,a s tr,anonim ortakligi
ltdsti:ltd sti,limited sirketi
wll:wll
fze:fze,fz llc,fzc,fzco
lnl:nl
stichting:stichting
coop:coop inc
`;

/** Forms that stand in front of the name (Indonesian, Russian, Romanian, Dutch habits). */
const LEADING_LINES =
  'ooo:ooo,tov,obshchestvo s ogranichennoi otvetstvennostyu,tovaristvo z obmezhenoyu vidpovidalnistyu;jsc:oao,pao,zao,ao,ojsc,pjsc,jsc,cjsc,aktsionernoe obshchestvo,publichnoe aktsionernoe obshchestvo,open joint stock company,public joint stock company,joint stock company;tbk:pt;srl:societatea cu raspundere limitata;stichting:stichting;ltd:limited liability company';

/** Forms of one family are re-registered into one another or are translations; across families they are different bodies. */
const FAMILIES: readonly (readonly string[])[] = [
  ['inc', 'corp', 'co'],
  ['ltd', 'pty', 'pte', 'bhd', 'wll'],
  ['ag', 'kgaa', 'se'],
  ['gmbh', 'gmbhcokg', 'ug', 'kg'],
  ['sa', 'sas', 'saci', 'sca'],
  ['srl', 'sarl', 'scrl', 'ltda', 'sl'],
  ['oy', 'oyj', 'ab', 'as', 'asa'],
  ['jsc', 'spa'],
  ['llp', 'lp'],
  ['pc', 'pllc'],
];

interface FormTables {
  readonly trailing: ReadonlyMap<string, string>;
  readonly leading: ReadonlyMap<string, string>;
  readonly longest: number;
}

let tables: FormTables | undefined;

function formTables(): FormTables {
  if (tables) return tables;
  const trailing = readForms(FORM_LINES.trim().split('\n'));
  const leading = readForms(LEADING_LINES.split(';'));
  let longest = 1;
  for (const spelling of trailing.keys()) longest = Math.max(longest, spelling.split(' ').length);
  tables = { trailing, leading, longest };
  return tables;
}

function readForms(lines: readonly string[]): Map<string, string> {
  const forms = new Map<string, string>();
  for (const line of lines) {
    const [form = '', spellings = ''] = line.split(':');
    for (const spelling of spellings.split(',')) forms.set(spelling, form);
  }
  return forms;
}

/** Forms of scripts that are written without spaces. */
const UNSPACED_FORMS = /株式会社|有限会社|股份有限公司|有限责任公司|有限公司|주식회사/g;

/**
 * Writes forms of East Asian scripts as words of their own: "トヨタ自動車株式会社" ends in "kk".
 *
 * @internal
 */
export function spelledForms(folded: string): string {
  return folded.replace(UNSPACED_FORMS, (form) => (form.startsWith('株') ? ' kk ' : ' ltd '));
}

/** What `splitLegalForms` found. @internal */
export interface LegalFormSplit {
  /** Number of words before the core name that are a form. */
  readonly start: number;
  /** Index after the last word of the core name. */
  readonly end: number;
  /** Canonical forms found, outermost last; empty when none. */
  readonly forms: readonly string[];
}

/**
 * Finds the legal forms around a name. At least one word always stays.
 *
 * @internal
 */
export function splitLegalForms(words: readonly string[]): LegalFormSplit {
  const { trailing, leading, longest } = formTables();
  const forms: string[] = [];
  let end = words.length;
  for (let found = true; found && end > 1; ) {
    found = false;
    for (let size = Math.min(longest, end - 1); size >= 1; size--) {
      const form = trailing.get(words.slice(end - size, end).join(' '));
      if (form === undefined) continue;
      forms.push(form);
      end -= size;
      found = true;
      break;
    }
    if (end > 1 && words[end - 1] === 'and') end--;
  }
  let start = 0;
  for (let size = Math.min(4, end - 1); size >= 1; size--) {
    const form = leading.get(words.slice(0, size).join(' '));
    if (form === undefined) continue;
    forms.push(form);
    start = size;
    break;
  }
  return { start, end, forms };
}

/**
 * Returns the legal form that one word alone stands for, or undefined.
 *
 * @internal
 */
export function legalFormOf(word: string): string | undefined {
  return formTables().trailing.get(word);
}

/**
 * Tells whether one word alone is a legal form.
 *
 * @internal
 */
export function isLegalFormWord(word: string): boolean {
  return legalFormOf(word) !== undefined;
}

export type FormRelation = 'none' | 'one-sided' | 'equal' | 'compatible' | 'conflict';

/**
 * Compares the legal forms of two names.
 *
 * @internal
 */
export function compareForms(left: readonly string[], right: readonly string[]): FormRelation {
  if (left.length === 0 && right.length === 0) return 'none';
  if (left.length === 0 || right.length === 0) return 'one-sided';
  for (const form of left) if (right.includes(form)) return 'equal';
  for (const family of FAMILIES) {
    if (left.some((form) => family.includes(form)) && right.some((form) => family.includes(form)))
      return 'compatible';
  }
  return 'conflict';
}
