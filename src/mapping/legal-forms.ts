import { lazy, lineOf, readHeads } from './lookup.ts';

/**
 * Legal forms: each line is a form and its other spellings, in the folded form that `parseName` produces.
 * Facts from the ISO 20275 Entity Legal Forms list (CC0), opensanctions/rigour, psolin/cleanco and
 * DeNederlandscheBank/name_matching (all MIT), cut to what ends real names.
 */
const FORM_LINES = `
ltd,ltd liability co,co ltd,ltd co,co limited,unlimited,private limited,pvt ltd,limited,company limited,pvt limited,coltd,limited company,private ltd
pty,proprietary limited,pty limited,pty ltd,proprietary ltd
pte,pte limited,pte ltd
plc,public ltd co,public co ltd,ltd plc,pub co,public limited company,public company limited,pcl,public limited
inc,co inc,corp inc,incorporated,incorporation
corp,corporation
co,companies,and co,cos,and company,company
llc,limited liability co,lc,l l c,limited liability company
llp,limited liability partnership,lllp
lp,limited partnership,ltd partnership,partnership,l p
pllc
pc,pa,professional association,professional corporation
cic,community interest company
cio
gmbh,gesellschaft mit beschrankter haftung,ggmbh,gesmbh,mbh,m b h,ges m b h,g m b h
gmbh and co kg,gmbh and co kgaa,se and co kgaa,se and co kg,ag and co kg,gmbh and co,gmbh co kg,ag and co kgaa
ag,akg,aktiengesellschaft
kgaa
kg,kommanditgesellschaft
ohg
ug
eg
ev,e v
ek,e k
sa,sociedade anonima,sociedad anonima,s a,sociedad anonima abierta,societe anonyme,sau
sa de cv,sapi de cv,sab de cv,s de rl de cv,sacif,de c v
se,societas europaea
sas,societe par actions simplifiee,sasu
sarl,s a r l,societe a responsabilite limitee,eurl
sca
snc
scrl,sprl
srl,societatea cu raspundere limitata,societa a responsabilita limitata,s r l,srls
spa,s p a,societa per azioni
sl,s l,sociedad limitada,slu
ltda,lda,limitada,eireli
bv,b v,besloten vennootschap
nv,n v,naamloze vennootschap
vof
ab,aktiebolag,ab publ,publ
asa,allmennaksjeselskap
as,a s,aktieselskab,akciova spolecnost,aksjeselskap
aps,anpartsselskab
oy,osakeyhtio,oy ab
oyj,abp,julkinen osakeyhtio
hf,ehf
kk,kabushiki gaisha,k k,kabushiki kaisha
gk,godo kaisha
yk,yugen kaisha
kft
zrt
nyrt
sro,s r o,spol s r o,spol sro
sp zoo,spolka z ograniczona odpowiedzialnoscia,sp z o o
doo,d o o
dd,d d
ad
ood,eood
jsc,oao,pao,zao,ao,ojsc,pjsc,cjsc,pjs,qsc,closed joint stock company,open joint stock co,open joint stock company,public joint stock company,joint stock company,joint stock co
ooo,tov,obshchestvo s ogranichennoi otvetstvennostyu,tovaristvo z obmezhenoyu vidpovidalnistyu
tbk
bhd,sdn bhd,sdn berhad,berhad
anonim sirketi,a s tr,anonim ortakligi
ltd sti,limited sirketi
wll
fze,fz llc,fzc,fzco
nl
stichting
coop inc
`;

/** Forms that stand in front of the name (Indonesian, Russian, Romanian, Dutch habits), each with its spellings there. */
const LEADING_LINES = `
ooo,ooo,tov,obshchestvo s ogranichennoi otvetstvennostyu,tovaristvo z obmezhenoyu vidpovidalnistyu
jsc,jsc,oao,pao,zao,ao,ojsc,pjsc,cjsc,aktsionernoe obshchestvo,publichnoe aktsionernoe obshchestvo,open joint stock company,public joint stock company,joint stock company
tbk,pt
srl,societatea cu raspundere limitata
stichting,stichting
ltd,limited liability company
`;

/** Forms of one family are re-registered into one another or are translations; across families they are different bodies. */
const FAMILIES = `
inc,corp,co
ltd,pty,pte,bhd,wll
ag,kgaa,se
gmbh,gmbh and co kg,ug,kg
sa,sas,sa de cv,sca
srl,sarl,scrl,ltda,sl
oy,oyj,ab,as,asa
jsc,spa
llp,lp
pc,pllc
`;

const familyOf = lineOf(FAMILIES, ',');

/** Bit per family of some forms. */
function familiesOf(forms: readonly string[]): number {
  let bits = 0;
  for (const form of forms) bits |= (1 << familyOf(form)) & ~1;
  return bits;
}

const formTables = lazy(() => {
  const trailing = readHeads(FORM_LINES, ',');
  return {
    trailing,
    leading: readHeads(LEADING_LINES, ',', 1),
    lastWords: new Set([...trailing.keys()].map((spelling) => spelling.slice(spelling.lastIndexOf(' ') + 1))),
    longest: Math.max(...[...trailing.keys()].map((spelling) => spelling.split(' ').length)),
  };
});

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

/** What `splitLegalForms` found. */
interface LegalFormSplit {
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
  const { trailing, leading, lastWords, longest } = formTables();
  const forms: string[] = [];
  let end = words.length;
  for (let found = true; found && end > 1; ) {
    found = false;
    const most = lastWords.has(words[end - 1]!) ? longest : 0;
    for (let size = Math.min(most, end - 1); size >= 1; size--) {
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

/** How the legal forms of two names compare; `compatible` ones are of one family. */
type FormRelation = 'none' | 'one-sided' | 'equal' | 'compatible' | 'conflict';

/**
 * Compares the legal forms of two names.
 *
 * @internal
 */
export function compareForms(left: readonly string[], right: readonly string[]): FormRelation {
  if (left.length === 0 && right.length === 0) return 'none';
  if (left.length === 0 || right.length === 0) return 'one-sided';
  for (const form of left) if (right.includes(form)) return 'equal';
  return (familiesOf(left) & familiesOf(right)) === 0 ? 'conflict' : 'compatible';
}
