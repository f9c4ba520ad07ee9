"""Names, streets and trades for invented people: common words, put together by chance."""

# First names by the decades their bearers were born in: (up to year, women's, men's).
FIRST = [
    (
        1949,
        "Birgitta Margareta Ingrid Gunilla Kerstin Barbro Inger Berit Gun Siv Ulla Maj Anita Britt"
        " Solveig Ingegerd Elsa Karin Aina Rut",
        "Lars Karl-Erik Bengt Sven Gunnar Åke Rolf Kurt Göran Bertil Stig Arne Olle Ingemar Tage"
        " Hans Leif Nils Evert Sixten",
    ),
    (
        1969,
        "Eva Lena Marie Annika Susanne Ann-Christin Monica Pia Agneta Helena Åsa Carina Yvonne"
        " Fatima Mirjana Leila Marjatta Päivi Zohra Elisabeth",
        "Anders Per Mikael Peter Thomas Jan Stefan Håkan Mats Ulf Christer Ali Hassan Dragan Jukka"
        " Reza Torbjörn Kent Tomas Ove",
    ),
    (
        1989,
        "Anna Maria Sara Jenny Emma Linda Sofia Malin Johanna Hanna Amina Yasmin Maryam Jelena"
        " Elif Shirin Frida Ida Therese Camilla",
        "Johan Fredrik Andreas Daniel Magnus Jonas Mattias Marcus Patrik David Ahmed Mohamed Omar"
        " Emir Goran Tuan Hamid Björn Erik Niklas",
    ),
    (
        2012,
        "Elin Klara Wilma Alva Ella Maja Saga Nora Tilde Iris Hodan Nour Sumaya Aisha Zeynep Lovisa"
        " Tyra Ebba My Ronja",
        "Oskar Viktor Hugo Elias Liam Anton Filip Noah Isak Melvin Yusuf Ibrahim Adam Abdi Karim"
        " Leo Alvin Love Sixten Vidar",
    ),
]
LAST = (
    "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson"
    " Pettersson Jonsson Jansson Hansson Bengtsson Lindberg Jakobsson Magnusson Lindström Olofsson"
    " Lindqvist Lindgren Berg Axelsson Bergström Lundberg Lind Lundgren Lundqvist Mattsson Berglund"
    " Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin Ali Mohamed Hassan Nguyen Ahmed"
    " Yusuf Åkesson Öberg Ström Åberg Östlund Ekström Holm Björk Nyström Sundberg Hedlund Dahl"
    " Hellström Falk Norberg Ivanović Petrović Demir Yılmaz Karimi Rahimi Virtanen Korhonen"
    " Haddad Osman Warsame Kowalska Sjögren Blom Ek Lund"
).split()
# Names that break programs: long, short, joined, particled, accented, quoted, one word only.
HARD = [
    ("Anna-Karin Elisabeth Margareta", "von Essen af Segerström-Löwenhielm"),
    ("Bo", "Ek"),
    ("Zoë", "O’Connor"),
    ("Åsa", "Ågren Ängström"),
    ("Nguyễn Thị", "Bích Ngọc"),
    ("Łucja", "Wiśniewska-Żółć"),
    ("María José", "de la Cruz y Núñez"),
    ("Suharto", ""),
    ("Jean-Pierre", "d’Alembert"),
    ("Abd al-Rahman", "ibn al-Haytham"),
]
STREETS = (
    (
        "Strandvägen Kvarngatan Prästgatan Ekvägen Skolgatan Storgatan Järnvägsgatan Björkallén"
        " Hagavägen Kyrkogatan Verkstadsgatan Ringvägen Tallvägen Sjögatan Bruksgatan Industrigatan"
        " Folkets väg Backvägen Nygatan Lärkstigen Syrenvägen Trädgårdsgatan Åkervägen Hamngatan"
    )
    .replace("Folkets väg", "Folketsväg")
    .split()
)
PLACES = [
    ("Björkvik", "610 40", 46),
    ("Björkvik", "610 41", 24),
    ("Sandåker", "610 43", 14),
    ("Norrby bruk", "610 44", 10),
    ("Kvarnsjö", "610 47", 6),
]
UNIONS = "Kommunal,IF Metall,Unionen,Vision,Sveriges Lärare,Handels,Vårdförbundet,Byggnads,Seko,ST"
TRADES = (
    "undersköterska,lärare,snickare,sjuksköterska,busschaufför,butiksanställd,ingenjör,student,"
    "pensionär,barnskötare,elektriker,kock,ekonom,socionom,lokalvårdare,bibliotekarie,montör,"
    "systemutvecklare,personlig assistent,musiker,lantbrukare,journalist"
)
# Who works with it belongs there, if anywhere; pensioners keep what they had.
UNION_OF = {
    "undersköterska": "Kommunal",
    "lärare": "Sveriges Lärare",
    "snickare": "Byggnads",
    "sjuksköterska": "Vårdförbundet",
    "busschaufför": "Kommunal",
    "butiksanställd": "Handels",
    "ingenjör": "Unionen",
    "student": "",
    "barnskötare": "Kommunal",
    "elektriker": "Elektrikerna",
    "kock": "Kommunal",
    "ekonom": "Unionen",
    "socionom": "Vision",
    "lokalvårdare": "Kommunal",
    "bibliotekarie": "Vision",
    "montör": "IF Metall",
    "systemutvecklare": "Unionen",
    "personlig assistent": "Kommunal",
    "musiker": "Musikerförbundet",
    "lantbrukare": "",
    "journalist": "Journalistförbundet",
}
LANGUAGES = "svenska,svenska,svenska,svenska,svenska,svenska,arabiska,somaliska,finska,engelska"
WANTS = (
    "baka,stå på torget,skriva,ringa,bygga,laga mat,fotografera,köra bil,läsa,ordna fest,sjunga,"
    "hälsa på nya,rita affischer,översätta"
)
SKILLS = (
    "snickeri,arabiska,teckenspråk,sociala medier,bokföring,körkort,bakning,matlagning,foto,"
    "mötesteknik,somaliska,layout,juridik,första hjälpen"
)
CARES = (
    "skolan,vården,klimatet,bostäder,bussarna,äldreomsorgen,kulturen,landsbygden,fred,"
    "jämställdhet,arbetsrätt,biblioteket"
)
