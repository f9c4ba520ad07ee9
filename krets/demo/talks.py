"""What is said when somebody is rung: drawn by chance, as people are."""

NOTES = [
    "Undrar om det finns någon studiecirkel. Kan komma på kvällar.",
    "Jobbar skift, ring helst efter klockan 17.",
    "Har två små barn och vill gärna komma på något där de kan vara med.",
    "Ny i kommunen och vill lära känna folk.",
    "Har varit aktiv på en annan ort och kan tänka sig att hjälpa till.",
    "Bryr sig mest om bussarna. Vill inte tala inför folk.",
    "Glad över samtalet. Vill först komma och lyssna.",
]


def fee_talk(chance):
    """Return what a talk about the fee gave: the answer, and now and then a reason."""
    answer = chance.choices(["forgot", "will_pay", "hesitates", "leaves"], weights=[50, 30, 12, 8])[
        0
    ]
    reason = chance.choice(["time", "moved", "heard_nothing"]) if answer == "leaves" else ""
    return {"fee_answer": answer, "leaving_reason": reason, "next_step": "nothing"}


def talk(chance, person):
    """Return what a talk gave: mood, tags, perhaps a note, and nothing for now as the next step."""
    told = {
        "mood": chance.choices(["glad", "neutral", "hesitant"], weights=[60, 30, 10])[0],
        "tags": [
            (kind, words)
            for kind, words in [
                ("want", person.wants if person else []),
                ("competence", person.skills if person else []),
                ("interest", person.cares if person else []),
            ]
            if words
        ],
        "note": chance.choice(NOTES) if chance.random() < 0.6 else "",
        "next_step": "nothing",
    }
    told["wants"] = "told" if told["tags"] else "nothing"
    return told
