/**
 * Words that mean the same: abbreviations that are no prefix of the long word, British and American spellings, and the
 * common institution words across European languages. General vocabulary, written by hand; one line is one meaning, and a
 * word by itself is only general. Regular plurals are left out.
 */
const CONCEPTS = `
abteilung dep departamento departement department dept dipartimento
academia academie academy accademia akademi akademia akademie
academic
accountants accounting acct
acqua agua eau wasser water
adv advanced
aero air
agence agencia agency agentschap agentur agenzia
agraria agricole agricoltura agricultura agricultural agriculture landwirtschaft
fdn fndn fondation fondazione foundation fundacao fundacion fundatia stichting stiftelse stiftung
alemana allemande deutsch deutsche deutscher deutschland german germany
aluminium aluminum
ambiente environment environmental environnement medio umwelt
amer american
and e en et och og und y
angewandte aplicada applicata applied appliquee
art arte arts kunst kunste
asoc asociacion asociatia assn assoc associacao associates association associazione forening verein
assicurazioni assurance ins insurance seguros versicherung versicherungen verzekeringen
atomic nucleaire nuclear
attorney atty
austria austrian osterreich osterreichische
auth authority autorite
auto automobile automotive
ave avenue
backerei bakehouse bakery boulangerie
badan forschung forskning investigacion investigaciones kenkyujo onderzoek pesquisa rech recherche research ricerca ricerche tutkimus vyzkumny
banca banco bancorp bank banka bankasi banken banque bco bk pankki
beaute beauty
biblioteca biblioteka bibliotheek bibliothek bibliotheque knihovna library
bildung educacao educacion education educazione utbildning
ciencia nauk science scienza scienze stiinte vetenskap wetenschap wetenschappen wissenschaft wissenschaften
biologia biological biologie biology
biopharm biopharma biopharmaceuticals
bldg building
blvd boulevard
bolnica hopital hosp hospital hospitales hospitalier klinikum korhaz krankenhaus nemocnice ospedale spital szpital ziekenhuis
bor borough
brasil brasileira brasileiro brazil brazilian
britain british
bros brothers fratelli freres gebruder hermanos
bundes federal federale
bureau buro office oficina ufficio
cafe caffe coffee
canada canadian canadienne
cancer
cap capital
casa haus house huis maison
catholic catholique catolica cattolica katholische
centar center centra centre centro centrum cntr ctr ctre kozpont merkezi zentrum
central centrale zentral
ceska ceske cesky czech
chem chemical
chemie chemistry chimica chimie quimica
child children infantil kinder
china chine chinese
cidade citta city ciudad gemeente kommun kommune mairie mesto miasto stad stadt ville
clinic clinica clinique klinik poliklinika
cnty county cty landkreis
colegio coll college collegium kolleg
color colour
comision comissao commission kommission
comm communaute communities community
comms communication
compagnia compagnie companhia compania company
cons consultants consulting
conseil consejo conselho consiglio council rat
const construction
coop cooperativa cooperative genossenschaft
cooperacion cooperation cooperazione kooperation
corp corporation
cultura cultural culture kultur
da de del dell della dello der des di do du of van von
danish danmark dansk denmark
defence defense
dental dentist
dernegi gesellschaft seura soc sociedad sociedade societa societe society vereniging
desarrollo desenvolvimento dev development developpement entwicklung sviluppo
dienst dienste serv service servicio servicos servizi svc svcs
digital
distretto distrito
doctor dr
donut doughnut
dutch nederland nederlandse netherlands
east eastern est leste oost ost
ecole escola escuela hochschule hogeschool koulu sch school schule scuola skola szkola
economia economic economicas economie okonomie wirtschaft
egyetem sveuciliste uni univ universidad universidade universita universitaria universitario universitat universitatea universite universiteit universitesi universitet university univerzita univerzitet uniwersytet unv yliopisto
elec elect electric electrica electrical electricite electricity elektro eletrica
electr electronic
energi energia energie energy
eng engenharia engineering engr ingegneria ingenieria ingenierie
entertainment entmt
equip equipment
space spatial spatiale
espagne espana espanol espanola spain spanish
estado estadual estatal etat staatliche state stato
europa europaische europe europea european europeen europeenne
expl explor exploration
farm
women
fin finance financial finl
finland finnish suomen suomi
fisica physics physik physique
food
for fur para per pour pro
fort ft
francais francaise france frankreich french
garden
gas gaz
gen general generale genl
geschichte histoire historia history storia
gesundheit health hlth salud salute sante saude zdrowia
gobierno gouvernement gov government governo govt regierung
gp gr groep group groupe grp grupa grupo gruppe gruppen gruppo
gran grand great gt
gray grey
harbor harbour
hd hld hldg holding
higher superieur superieure superior
highway hwy
home
hotel
ind inds industria industrial industrie industry
info information
interieur interior
inst institut institute instituto institutt institutul instituut instytut intezet istituto ustav
int internacional internationaal international internationale intl miedzynarodowy
inv invest investment invs invt
italia italian italiana italiano italie italy
japan japanese nihon nippon
jeunesse jugend young youth
jewellery jewelry
jr junior
konigliche koninklijke kungliga real royal royale
lab labor laboratoire laboratories laboratorio laboratorium laboratory labs
life vida
light lighting lt
limited ltd
mach machinery
management mgmt mgt
manufacturing mfg mfr
marina marine maritime
market mkt
marketing mktg
matematica math mathematics mathematik mathematiques
med medecine medica medical medicale medicina medicine medico medisch medizin medycyny
media medien
met metro metropolitan
min mines mining mng
ministere ministerie ministerio ministerium ministero ministerstvo ministerstwo ministry
mont monte mount mt
mountain mtn
musee museo museu museum muzeum
music musica musik musique
nacional nacionales narodni narodowy nat nationaal national nationale natl nazionale nazionali
nett network netz netze netzwerk red rede reseau
neue new nouveau nouvelle nueva nuevo
noord nord norr norte north northern
norge norsk norway norwegian
obras travaux werk werke works
oeste ouest ovest west western
offentlich pub public publica publico publique
oil ol oleo
org organisation organizacion organization
park
partnership pship
petrol petroleum
pharm pharma pharmac pharmaceutical pharmacy
poland polish polska polski
politechnika politecnico polytechnic polytechnique
power pwr
prac pract practice
prec precision
prod product
prof professional
progetto project projet proyecto
program programme
prop properties property
rd road
regional regionale
res resource
rest restaurant ristorante
rossii russia russian
safety securite seguridad sicherheit
saint sainte san sankt santa st ste
schweiz schweizer schweizerische suisse svizzera svizzero swiss switzerland
sec security
secs securities
semicon semicond semiconductor
senior snr sr
shop store
sistemas sys system
social sociale soziale
softw software
sol solns solution
son sons
south southern sud sued sul sur zuid
sport
str street
supp supplies supply
svenska sverige sweden swedish
tech techn technical technique technische technological technologie technology tecnologia tecnologica tecnologico tecnologie
telecom telecommunications telecomunicaciones telekom
theater theatre
therap therapeutic
tire tyre
township twp
tr trs trst trust tst
transport transportation
turk turkey turkish turkiye
ukraine ukrainian
unidos unis united utd
union
util utilities utility
vet veterinary vets
volkswagen vw
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
