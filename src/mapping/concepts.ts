/**
 * Words that mean the same: abbreviations that are no prefix of the long word, British and American spellings, and the
 * common institution words across European languages. General vocabulary, written by hand; one line is one meaning.
 */
const CONCEPTS = `
university universidad universite universitat universita universidade universitet universiteit univerzita uniwersytet egyetem yliopisto universitesi universitatea univ uni unv universitas univerzitet sveuciliste universitaria universitario
institute institut instituto istituto instituut ustav instytut intezet instytutu institutul inst institutt institutet
research recherche recherches forschung ricerca ricerche investigacion investigaciones pesquisa pesquisas onderzoek forskning vyzkum vyzkumny badan tutkimus kutato kenkyujo rech forschungs
center centre centro zentrum centrum kozpont keskus merkezi ctr cntr ctre centrul centar centros centra
science sciences wissenschaft wissenschaften scienza scienze ciencia ciencias wetenschap wetenschappen vetenskap nauk ved tieteen bilim stiinte
national nationale nationales nacional nazionale nationaal narodni narodowy natl nat nasjonal nationell nazionali nacionales
international internationale internacional internazionale internationaal intl internat mezinarodni miedzynarodowy
school ecole schule escuela scuola escola skola szkola sch schools okul koulu iskola hochschule hogeschool
college colegio kolleg collegio collegium coll
academy academie akademie academia accademia akademia akademi akademija
hospital hopital krankenhaus ospedale hospitalier hospitalet klinikum sairaala sykehus ziekenhuis nemocnice szpital korhaz hosp hospitals spital bolnica hospitales sjukhus
clinic clinique klinik clinica kliniek poliklinika klinika
health sante gesundheit salute salud saude gezondheid halsa hlth zdrowia terveyden
medical medicale medizinische medizin medicina medecine medico medica medisch medycyny medicine med medicinska medizinischen
foundation fondation stiftung fondazione fundacion fundacao stichting stiftelse nadace fundacja fdn fndn saatio foundn fundatia alapitvany vakfi
society societe gesellschaft sociedad societa sociedade vereniging sallskap spolecnost towarzystwo soc selskab tarsasag seura dernegi
association verein asociacion associazione associacao assn assoc asoc forening associates assocs asociatia
museum musee museo museu muzeum muzeul museet
library bibliotheque bibliothek biblioteca bibliotheek knihovna biblioteka
ministry ministere ministerium ministerio ministero ministerie ministerstvo ministerstwo
department departement dept abteilung departamento dipartimento dep departement
government gouvernement regierung gobierno governo govt gov
technology technologie technologies tecnologia tecnologias techs tecnologie tech tecnologico tecnologica technical technische technological technique techniques techn
polytechnic polytechnique politecnico politecnica politechnika
laboratory laboratoire labor laboratorio laboratories lab labs laboratorium laboratoires
school district
agriculture agricultura landwirtschaft agricole agricoltura agricultural agraria
engineering ingenierie ingenieria ingegneria engenharia engr eng
economics economie wirtschaft economia economicas okonomie economic
city ville stadt ciudad citta cidade stad mesto miasto gemeente stadtverwaltung mairie kommune kommun
county landkreis cnty cty
council conseil rat consejo consiglio conselho
commission comision commissione comissao kommission
agency agence agentur agencia agenzia agentschap
office bureau buro oficina ufficio
environment environnement umwelt medio ambiente environmental
physics physique physik fisica fysiky fizyki
chemistry chimie chemie quimica chimica chemii
biology biologie biologia biological
mathematics mathematiques mathematik matematica matematicas math
history histoire geschichte historia storia
culture kultur cultura kultura cultural
art arts kunst arte artes kunste
music musique musik musica
sport sports
development developpement entwicklung desarrollo sviluppo desenvolvimento dev
education bildung educacion educacao educazione utbildning education
cooperation cooperacion kooperation cooperazione
cooperative coop cooperativa genossenschaft cooperatief
company compagnie compania compagnia companhia
bank banque banco bco banca banka bk banken bancorp bankasi pankki
insurance assurance assurances versicherung versicherungen seguros assicurazioni ins verzekeringen forsakring
energy energie energia energi
electric electricity electricite elec elect electrical electrica eletrica elektro elektrizitat
power pwr
water wasser eau agua acqua
gas gaz
light lt lighting
service services serv svc svcs servicio servicios servizi servicos dienste dienst
public pub publique publico publica publicos offentlich
utilities utility util utils
transport transports transportation transp
group groupe gruppe grupo gruppo grp gp groep gruppen gr grupa
holding holdings hldg hldgs hld hd
bros brothers fratelli freres gebruder hermanos
sons son
manufacturing mfg manufacturer mfr manufacturers
management mgmt mgt
financial finance fin finl finanz finanzas
trust tst trst trs tr
partnership pship
practice pract prac
industries industry inds ind industrie industrias industria industrial
properties property prop props
entertainment entmt entertain
communications comms communication
telecommunications telecom telecoms telekom telecomunicaciones
pharmaceuticals pharma pharmaceutical pharm pharmacy pharmac
therapeutics therapeutic therap
biopharmaceuticals biopharm biopharma
exploration expl explor
mining mng min mines
resources res resource
systems sys system systeme sistemas sistemi
solutions sol solns solution
software softw
semiconductor semicon semiconductors semicond
international int
mountain mtn mountains
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
american amer americano
german deutsche deutsch allemand alemana tedesco deutscher deutsches allemande aleman deutschland germany alemania
swiss schweizerische schweizer suisse svizzera svizzero switzerland schweiz
french francais francaise franzosische frances france francia frankreich
spanish espanol espanola espagne spain espana
italian italiano italiana italienne italy italia italie
british britain britannique
european europeen europaische europea europeo europe europa europeenne
austrian osterreichische austria osterreich
dutch nederlandse netherlands nederland nederlands
brazilian brasileira brasileiro brazil brasil
japanese japan nippon nihon
polish polski polska poland
czech ceska ceske cesky
swedish svenska sweden sverige
danish danmark denmark dansk
norwegian norsk norge norway
finnish suomen finland suomi
canadian canada canadien canadienne
russian russia rossii
chinese china chine
ukrainian ukraine ukrainy
turkish turk turkiye turkey
state staat etat estado stato estadual estatal staatliche
federal federale bundes
regional regionale
district distrito distretto
house haus maison casa huis
works werke werk
home homes
restaurant rest restaurants ristorante
shop store shops stores
supply supp supplies
construction constr const
building bldg
equipment equip
machinery mach
products prod prods product
chemical chem chemicals chems
petroleum petrol
professional prof
security sec
securities secs
investment inv invt invest investments invs investissement
capital cap
precision prec
marketing mktg
market mkt markets
consulting consult consultants cons consultancy
accounting acct accountants accts
attorney atty attorneys
doctor dr
junior jr jnr
senior sr snr
limited ltd
corporation corp
theater theatre
organization organisation org organizacion organisations
labor labour
defense defence
color colour colors
gray grey
jewelry jewellery
tire tyre tires tyres
aluminum aluminium
harbor harbour
donut doughnut donuts doughnuts
program programme programmes programs
child children kinder infantil enfants ninos
women femmes frauen mujeres
applied applique appliquee angewandte aplicada aplicadas applicata appliquees
social sociale sociales soziale
higher superieur superieure superior superiore
catholic catholique catolica cattolica katholische
and und et y e och og en
for fur pour para per pro
of von de der des di del da do du della dell dello van
oil ol oleo
food foods lebensmittel
farm farms
garden gardens
park parks
hotel hotels
cafe caffe coffee
bakery bakehouse backerei boulangerie
butcher butchers
beauty beaute
volkswagen vw
information info
electronics electr electronic
auto automotive automobile automobiles
digital digitale
media medien
network networks netzwerk netz netze nett reseau red rede
union union
project projekt projet proyecto progetto
young youth jugend jeunesse
cancer krebs
vets vet veterinary
dental dentist dentists
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
  return byWord.get(word) ?? 0;
}

function readConcepts(): Map<string, number> {
  const concepts = new Map<string, number>();
  let concept = 0;
  for (const line of CONCEPTS.trim().split('\n')) {
    concept++;
    // The first meaning of an ambiguous abbreviation wins; the prefix rule of word similarity covers the others.
    for (const word of line.split(' ')) if (!concepts.has(word)) concepts.set(word, concept);
  }
  return concepts;
}
