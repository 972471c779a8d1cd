/**
 * Words that mean the same: abbreviations that are no prefix of the long word, British and American spellings, and the
 * common institution words across European languages. General vocabulary, written by hand; one line is one meaning, and a
 * word by itself is only general. Regular plurals are left out.
 */
const CONCEPTS = `
university universidad universite universitat universita universidade universitet universiteit univerzita uniwersytet egyetem yliopisto universitesi universitatea univ uni unv univerzitet sveuciliste universitaria universitario
institute institut instituto istituto instituut ustav instytut intezet institutul inst institutt
research recherche forschung ricerca ricerche investigacion investigaciones pesquisa onderzoek forskning vyzkumny badan tutkimus kutato kenkyujo rech
center centre centro zentrum centrum kozpont keskus merkezi ctr cntr ctre centar centra
science wissenschaft wissenschaften scienza scienze ciencia wetenschap wetenschappen vetenskap nauk ved tieteen bilim stiinte
national nationale nacional nazionale nationaal narodni narodowy natl nat nasjonal nazionali nacionales
international internationale internacional internationaal intl int mezinarodni miedzynarodowy
school ecole schule escuela scuola escola skola szkola sch okul koulu iskola hochschule hogeschool
college colegio kolleg collegium coll
academy academie akademie academia accademia akademia akademi
hospital hopital krankenhaus ospedale hospitalier klinikum sairaala sykehus ziekenhuis nemocnice szpital korhaz hosp spital bolnica hospitales sjukhus
clinic clinique klinik clinica poliklinika
health sante gesundheit salute salud saude gezondheid halsa hlth zdrowia terveyden
medical medicale medizin medicina medecine medico medica medisch medycyny medicine med
foundation fondation stiftung fondazione fundacion fundacao stichting stiftelse nadace fdn fndn saatio fundatia alapitvany vakfi
society societe gesellschaft sociedad societa sociedade vereniging sallskap spolecnost towarzystwo soc selskab tarsasag seura dernegi
association verein asociacion associazione associacao assn assoc asoc forening associates asociatia
museum musee museo museu muzeum
library bibliotheque bibliothek biblioteca bibliotheek knihovna biblioteka
ministry ministere ministerium ministerio ministero ministerie ministerstvo ministerstwo
department departement dept abteilung departamento dipartimento dep
government gouvernement regierung gobierno governo govt gov
technology technologie tecnologia tecnologie tech tecnologico tecnologica technical technische technological technique techn
polytechnic polytechnique politecnico politechnika
laboratory laboratoire labor laboratorio laboratories lab labs laboratorium
agriculture agricultura landwirtschaft agricole agricoltura agricultural agraria
engineering ingenierie ingenieria ingegneria engenharia engr eng
economie wirtschaft economia economicas okonomie economic
city ville stadt ciudad citta cidade stad mesto miasto gemeente mairie kommune kommun
county landkreis cnty cty
council conseil rat consejo consiglio conselho
commission comision comissao kommission
agency agence agentur agencia agenzia agentschap
office bureau buro oficina ufficio
environment environnement umwelt medio ambiente environmental
physics physik physique fisica fysiky fizyki
chemistry chimie chemie chimica quimica
biology biologie biologia biological
mathematics mathematik mathematiques matematica math
history histoire geschichte historia storia
culture kultur cultura cultural
art arts kunst arte kunste
music musique musik musica
development developpement entwicklung desarrollo sviluppo desenvolvimento dev
education bildung educacion educacao educazione utbildning
cooperation cooperacion kooperation cooperazione
cooperative coop cooperativa genossenschaft
company compagnie compania compagnia companhia
bank banque banco bco banca banka bk banken bancorp bankasi pankki
insurance assurance versicherung versicherungen seguros assicurazioni ins verzekeringen forsakring
energy energie energia energi
electric electricity electricite elec elect electrical electrica eletrica elektro
power pwr
water wasser eau agua acqua
gas gaz
light lt lighting
service serv svc svcs servicio servizi servicos dienste dienst
public pub publique publico publica offentlich
utilities utility util
transport transportation
group groupe gruppe grupo gruppo grp gp groep gruppen gr grupa
holding hldg hld hd
bros brothers fratelli freres gebruder hermanos
sons son
manufacturing mfg mfr
management mgmt mgt
financial finance fin finl
trust tst trst trs tr
partnership pship
practice pract prac
industry inds ind industrie industria industrial
properties property prop
entertainment entmt
comms communication
telecommunications telecom telekom telecomunicaciones
pharma pharmaceutical pharm pharmacy pharmac
therapeutic therap
biopharmaceuticals biopharm biopharma
exploration expl explor
mining mng min mines
res resource
sys system sistemas
sol solns solution
software softw
semiconductor semicon semicond
mountain mtn
mount mt monte mont
fort ft
saint st sainte ste san sankt santa
street str
great gt grand gran
general gen genl generale
united utd unidos unis
royal royale real koninklijke kungliga konigliche
new nouveau nouvelle neue nuevo nueva
north nord norte noord norr northern
south sud sul sur zuid southern sued
east ost est leste oost eastern
west ouest oeste ovest western
central centrale zentral
american amer
german deutsch deutsche alemana tedesco deutscher allemande deutschland germany
swiss schweizerische schweizer suisse svizzera svizzero switzerland schweiz
french francais francaise franzosische france frankreich
spanish espanol espanola espagne spain espana
italian italiano italiana italy italia italie
british britain
european europeen europaische europea europe europa europeenne
austrian osterreichische austria osterreich
dutch nederlandse netherlands nederland
brazilian brasileira brasileiro brazil brasil
japanese japan nippon nihon
polish polski polska poland
czech ceska ceske cesky
swedish svenska sweden sverige
danish danmark denmark dansk
norwegian norsk norge norway
finnish suomen finland suomi
canadian canada canadienne
russian russia rossii
chinese china chine
ukrainian ukraine
turkish turk turkiye turkey
state staat etat estado stato estadual estatal staatliche
federal federale bundes
regional regionale
distrito distretto
house haus maison casa huis
works werke werk obras travaux
safety securite seguridad sicherheit
interior interieur inneres
restaurant rest ristorante
shop store
supply supp supplies
construction const
building bldg
equipment equip
machinery mach
prod product
chemical chem
petroleum petrol
professional prof
security sec
securities secs
investment inv invt invest invs
capital cap
precision prec
marketing mktg
market mkt
consulting consultants cons
accounting acct accountants
attorney atty
doctor dr
junior jr jnr
senior sr snr
limited ltd
corporation corp
theater theatre
organization organisation org organizacion
defense defence
color colour
gray grey
jewelry jewellery
tire tyre
aluminum aluminium
harbor harbour
donut doughnut
program programme
child children kinder infantil enfants ninos
women femmes frauen mujeres
applied appliquee angewandte aplicada applicata
social sociale soziale
higher superieur superieure superior
catholic catholique catolica cattolica katholische
and und et y e och og en
for fur pour para per pro
of von de der des di del da do du della dell dello van
oil ol oleo
food lebensmittel
cafe caffe coffee
bakery bakehouse backerei boulangerie
beauty beaute
volkswagen vw
information info
electr electronic
auto automotive automobile
digital
media medien
network netzwerk netz netze nett reseau red rede
project projet proyecto progetto
young youth jugend jeunesse
home
sport
farm
garden
park
hotel
union
cancer krebs
vets vet veterinary
dental dentist
advanced adv
atomic nuclear nucleaire nuklear
space spatial spatiale espacial
marine maritime marina
air aero
academic akademisch
life vida
metropolitan metro met
community comm communities communaute
authority auth autorite
borough bor
township twp
highway hwy
avenue ave
boulevard blvd
road rd
`;

let byWord: ReadonlyMap<string, number> | undefined;

/**
 * Returns the number of the meaning of a word, or 0 when the table does not know it.
 *
 * @internal
 */
export function conceptOf(word: string): number {
  byWord ??= readConcepts();
  const concept = byWord.get(word);
  if (concept !== undefined) return concept;
  // The table lists the singular where the plural is regular.
  return word.length > 4 && word.endsWith('s') ? (byWord.get(word.slice(0, -1)) ?? 0) : 0;
}

function readConcepts(): Map<string, number> {
  const concepts = new Map<string, number>();
  let concept = 0;
  for (const line of CONCEPTS.trim().split('\n')) {
    concept++;
    for (const word of line.split(' ')) concepts.set(word, concept);
  }
  return concepts;
}
