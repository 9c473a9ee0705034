"""What the people and companies of the demo are called; all of them are invented."""

from __future__ import annotations

from typing import Final

from touchrules.streams.demo.sentences import sentences, words

FIRST_NAMES: Final = words("""
    Adele Amir Beatriz Bram Carla Cedric Chandra Colm Daria Desmond Edith Elias Esra Fiona Farid
    Greta Gideon Hana Hugo Imogen Ismael Joelle Jonas Karima Kenji Leonie Lucas Magda Mateo Nadia
    Niall Odile Omar Petra Quentin Rosa Rashid Saskia Stefan Tamsin Tobias Uma Viktor Wanda Xavier
    Yara Yusuf Zelda""")
LAST_NAMES: Final = words("""
    Abbott Achterberg Baptiste Bellamy Calloway Castellan Dahlgren Devereux Ekwueme Ellery
    Farnsworth Fontaine Galloway Grimaldi Hollis Hatanaka Ibarra Ingram Jankowski Kestrel Kowalczyk
    Lachance Lindqvist Marchetti Mbeki Nakagawa Norwood Obermann Okonkwo Pemberton Quillen Rasmussen
    Rosales Sandoval Sorensen Tavares Thistle Umarov Vandermeer Villiers Whitlock Wozniak Yamada
    Zielinski""")
COMPANY_FRONTS: Final = words("""
    Alder Bluewater Cobalt Driftwood Eastgate Fairmont Granite Highfield Ironbridge Juniper Kingsway
    Larkspur Meridian Northwind Oakhurst Pinecrest Quarry Ridgeline Silverton Tidewater Umber
    Valemont Westbrook Yarrow""")
REP_NAMES: Final = sentences("""
    Maya Keller
    Tom Brandt
    Lena Ortiz
    Sam Okafor
    Ivo Petrov
    Ruth Allen
    Kai Nakamura
    Dana Moore
    Noor Haddad
    Piet Jansen
    Ana Silva
    Joe Carver
    Mei Lin
    Olaf Berg
    Tess Quinn
    Ravi Menon
    Eva Novak
    Luis Prado
    Gwen Hale
    Abe Stone""")
REFERRER_PLACES: Final = (
    "in Marketing",
    "in Finance",
    "in Purchasing",
    "in Human Resources",
    "at your Leeds branch",
    "at Hartwell Partners",
    "at Delmont",
    "at Brandt and Sons",
)
TITLES: Final = (
    ("Dispatcher", "ic"),
    ("Planner", "ic"),
    ("Warehouse Manager", "manager"),
    ("Fleet Manager", "manager"),
    ("Purchasing Manager", "manager"),
    ("Director of Logistics", "director"),
    ("Director of Operations", "director"),
    ("VP Supply Chain", "vp"),
    ("VP Operations", "vp"),
    ("Chief Operating Officer", "c_level"),
)
HIGH_TITLES: Final = tuple(one for one in TITLES if one[1] in ("vp", "c_level"))
ZONES: Final = (
    ("America/New_York", "+1", ("212", "617", "704", "860")),
    ("America/New_York", "+1", ("404", "305", "718", "412")),
    ("America/Chicago", "+1", ("312", "414", "512", "615")),
    ("America/Denver", "+1", ("303", "801", "505", "406")),
    ("America/Los_Angeles", "+1", ("206", "415", "503", "619")),
    ("Europe/London", "+44", ("20", "161", "113", "117")),
    ("Europe/Berlin", "+49", ("30", "40", "89", "221")),
    ("Asia/Singapore", "+65", ("6", "6", "6", "6")),
)
"""The zones of contacts, with the country's and the areas' codes of their telephones."""
CITIES: Final = {
    "416": ("Toronto", "", "CA"),
    "212": ("New York", "NY", "US"),
    "617": ("Boston", "MA", "US"),
    "704": ("Charlotte", "NC", "US"),
    "860": ("Hartford", "CT", "US"),
    "404": ("Atlanta", "GA", "US"),
    "305": ("Miami", "FL", "US"),
    "718": ("New York", "NY", "US"),
    "412": ("Pittsburgh", "PA", "US"),
    "312": ("Chicago", "IL", "US"),
    "414": ("Milwaukee", "WI", "US"),
    "512": ("Austin", "TX", "US"),
    "615": ("Nashville", "TN", "US"),
    "303": ("Denver", "CO", "US"),
    "801": ("Salt Lake City", "UT", "US"),
    "505": ("Albuquerque", "NM", "US"),
    "406": ("Billings", "MT", "US"),
    "206": ("Seattle", "WA", "US"),
    "415": ("San Francisco", "CA", "US"),
    "503": ("Portland", "OR", "US"),
    "619": ("San Diego", "CA", "US"),
    "20": ("London", "", "GB"),
    "161": ("Manchester", "", "GB"),
    "113": ("Leeds", "", "GB"),
    "117": ("Bristol", "", "GB"),
    "30": ("Berlin", "", "DE"),
    "40": ("Hamburg", "", "DE"),
    "89": ("Munich", "", "DE"),
    "221": ("Cologne", "", "DE"),
    "6": ("Singapore", "", "SG"),
}
"""The city, the American state and the country of each area's code."""
