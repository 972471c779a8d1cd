import { lineOf } from './lookup.ts';

/**
 * Words that mean the same: abbreviations that are no prefix of the long word, British and American spellings, and the
 * common institution words across European languages. General vocabulary, written by hand; one line is one meaning, and a
 * word by itself is only general. Regular plurals are left out.
 */
const CONCEPTS = `
abteilung dept department departamento departement dipartimento dep
academia akademia akademie academy academie accademia akademi
academic
accounting accountants acct
agua water eau acqua wasser
advanced adv
aero air
agencia agence agenzia agency agentur agentschap
landwirtschaft agraria agricoltura agricultura agricultural agriculture agricole
foundation fondation stiftung fdn fondazione fndn fundatia fundacao fundacion stiftelse stichting
allemande deutsch alemana germany german deutschland deutscher deutsche
aluminium aluminum
environnement environment environmental ambiente umwelt medio
american amer
and e und et en och og y
aplicada applicata applied angewandte appliquee
kunste arte art kunst arts
asociacion associates association assoc assn associazione asociatia asoc associacao forening verein
seguros assicurazioni assurance insurance ins verzekeringen versicherungen versicherung
nuclear nucleaire atomic
atty attorney
austria osterreich austrian osterreichische
auth authority autorite
automobile automotive auto
ave avenue
boulangerie bakery bakehouse backerei
vyzkumny badan onderzoek recherche rech ricerche research ricerca kenkyujo forskning investigacion pesquisa forschung tutkimus investigaciones
pankki bankasi banka bancorp banken bank banco bco bk banca banque
beauty beaute
library biblioteca knihovna biblioteka bibliothek bibliotheek bibliotheque
educacion educacao education educazione utbildning bildung
nauk wissenschaften stiinte ciencia wetenschappen science scienze scienza wetenschap wissenschaft vetenskap
biologie biologia biology biological
biopharmaceuticals biopharma biopharm
building bldg
boulevard blvd
klinikum spital hopital hospital szpital hospitalier bolnica krankenhaus hospitales hosp ziekenhuis ospedale korhaz nemocnice
bor borough
brazilian brazil brasil brasileiro brasileira
britain british
bros gebruder brothers freres fratelli hermanos
bundes federale federal
oficina ufficio buro bureau office
caffe cafe coffee
canadian canadienne canada
cancer
capital cap
haus house huis maison casa
catholique catholic cattolica catolica katholische
zentrum cntr centrum ctr centra center centro centar centre kozpont merkezi ctre
zentral central centrale
czech ceske ceska cesky
chem chemical
quimica chimica chimie chemie chemistry
children child kinder infantil
chine chinese china
gemeente cidade ville kommune kommun mairie miasto stadt mesto stad ciudad city citta
klinik clinique poliklinika clinica clinic
county cty cnty landkreis
collegium college kolleg coll colegio
colour color
kommission commission comision comissao
communities community comm communaute
comms communication
company companhia compania compagnia compagnie
consultants consulting cons
rat conselho consejo council conseil consiglio
const construction
genossenschaft coop cooperative cooperativa
cooperation cooperacion cooperazione kooperation
corp corporation
cultura cultural culture kultur
van der of des di von dell du do della del da dello de
denmark danmark dansk danish
defence defense
dental dentist
seura sociedade gesellschaft vereniging dernegi sociedad societe society soc societa
sviluppo desarrollo desenvolvimento developpement entwicklung dev development
serv svc svcs servicio dienst dienste service servicos servizi
digital
distrito distretto
doctor dr
donut doughnut
nederland dutch netherlands nederlandse
ost leste oost east eastern est
szkola skola scuola sch escola schule koulu escuela school hogeschool hochschule ecole
wirtschaft okonomie economie economicas economic economia
sveuciliste universite universidad universidade universitesi universiteit universitario university uni egyetem universitat universita univerzita unv universitatea univerzitet universitaria uniwersytet universitet univ yliopisto
electricity electricite elect electric electrica electrical elec eletrica elektro
electronic electr
energy energi energia energie
ingenierie ingenieria eng ingegneria engenharia engineering engr
entertainment entmt
equipment equip
space spatiale spatial
spanish espana espanol spain espanola espagne
etat estatal state stato estado estadual staatliche
europeenne europeen european europe europea europa europaische
expl exploration explor
farm
women
finance financial finl fin
finnish finland suomi suomen
fisica physics physik physique
food
pro per para pour fur for
ft fort
frankreich francaise france french francais
garden
gaz gas
generale general genl gen
geschichte storia historia history histoire
zdrowia health salud hlth saude gesundheit salute sante
government governo gov gouvernement govt gobierno regierung
gp groep gruppo gruppe gruppen groupe grupa group grupo grp gr
great grand gt gran
grey gray
harbor harbour
holding hd hld hldg
superieure superieur superior higher
hwy highway
home
hotel
industria industrial industry ind inds industrie
information info
interieur interior
ustav inst instytut institut instituto institutt instituut institutul intezet istituto institute
miedzynarodowy intl international internationaal internacional int internationale
invs invest invt inv investment
italiana italian italia italiano italie italy
japanese japan nippon nihon
jeunesse jugend youth young
jewellery jewelry
junior jr
kungliga royal real royale koninklijke konigliche
labor laboratory laboratorio labs laboratorium lab laboratories laboratoire
life vida
lt light lighting
ltd limited
machinery mach
management mgmt mgt
manufacturing mfg mfr
marina marine maritime
mkt market
mktg marketing
matematica mathematics mathematik mathematiques math
medisch medicina medicine medica medecine medicale medico medycyny med medical medizin
media medien
metro metropolitan met
mng mines mining min
ministry ministerio ministero ministerstwo ministere ministerstvo ministerium ministerie
mt mount mont monte
mtn mountain
muzeum museum museu museo musee
musica music musik musique
narodowy narodni nacional nationale national natl nazionale nationaal nazionali nacionales nat
reseau network netz netze rede red netzwerk nett
nueva nouvelle nuevo nouveau new neue
noord nord northern north norr norte
norwegian norway norge norsk
travaux obras works werke werk
ovest oeste ouest western west
offentlich publique publico publica pub public
oil ol oleo
organisation organization organizacion org
park
partnership pship
petroleum petrol
pharmaceutical pharmacy pharma pharm pharmac
poland polish polska polski
polytechnique politechnika politecnico polytechnic
power pwr
prac pract practice
precision prec
product prod
prof professional
progetto project proyecto projet
program programme
properties property prop
rd road
regionale regional
resource res
rest restaurant ristorante
rossii russia russian
seguridad sicherheit safety securite
ste st sainte saint santa sankt san
svizzero svizzera schweizer swiss schweiz suisse switzerland schweizerische
security sec
secs securities
semicond semiconductor semicon
snr senior sr
shop store
sistemas system sys
soziale sociale social
softw software
sol solns solution
sons son
southern south zuid sued sur sud sul
sport
street str
supplies supply supp
sverige sweden svenska swedish
technique technological technology tech tecnologico tecnologica tecnologia tecnologie technical technologie techn technische
telekom telecommunications telecom telecomunicaciones
theater theatre
therap therapeutic
tire tyre
twp township
tst trust trst tr trs
transport transportation
turkish turkey turkiye turk
ukraine ukrainian
utd unidos united unis
union
utilities utility util
vet veterinary vets
volkswagen vw
`;

const lineOfWord = lineOf(CONCEPTS);

/**
 * Returns the number of the meaning of a word, or 0 when the table does not know it.
 *
 * @internal
 */
export function conceptOf(word: string): number {
  // The table lists the singular where the plural is regular.
  return lineOfWord(word) || (word.length > 4 && word.endsWith('s') ? lineOfWord(word.slice(0, -1)) : 0);
}
