//! What invented people ask, in their words, with the answers that go with it.

use super::chance::Chance;
use domain::{
    codes::{ItemCode, ReasonCode},
    text::Lang,
};
use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One matter.
#[derive(Debug, Clone)]
pub struct Matter {
    pub reason: ReasonCode,
    pub form: &'static str,
    pub words: &'static str,
    pub answers: BTreeMap<String, Value>,
    pub papers: Vec<ItemCode>,
}

/// Which matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Stamp,
    StampByMail,
    StampSoon,
    Travel,
    TravelNoPapers,
    Judge,
    Parole,
    Daca,
    Departure,
    Packet,
    Question,
    Document,
    Other,
}

impl Kind {
    /// The spread of reasons for which people come in, in percent: `research/uscis-facts.md` 2.3 gives the stamp 55,
    /// emergency travel 18, a judge's grant 8, Parole in Place 4, DACA 3, Satisfactory Departure 1, others 11.
    const SPREAD: [(Self, u32); 13] = [
        (Self::Stamp, 27),
        (Self::StampByMail, 22),
        (Self::StampSoon, 6),
        (Self::Travel, 15),
        (Self::TravelNoPapers, 3),
        (Self::Judge, 8),
        (Self::Parole, 4),
        (Self::Daca, 3),
        (Self::Departure, 1),
        (Self::Packet, 3),
        (Self::Question, 4),
        (Self::Document, 2),
        (Self::Other, 2),
    ];

    /// One at random.
    pub fn any(chance: &mut Chance) -> Self {
        let weights = Self::SPREAD.map(|(_, weight)| weight);
        Self::SPREAD[chance.weighted(&weights)].0
    }

    const fn facts(self) -> (&'static str, &'static str, &'static [&'static str]) {
        match self {
            Self::Stamp | Self::StampByMail | Self::StampSoon => {
                ("proof-of-status", "I-90", &["passport", "green-card", "receipt-notice"])
            }
            Self::Travel => (
                "emergency-travel",
                "I-485",
                &[
                    "form-i131",
                    "passport",
                    "passport-photos",
                    "emergency-proof",
                    "receipt-notice",
                    "fee-payment",
                ],
            ),
            Self::TravelNoPapers => ("emergency-travel", "I-485", &["passport", "receipt-notice"]),
            Self::Judge => ("immigration-judge-grant", "I-485", &["judge-order", "passport-photos"]),
            Self::Parole => (
                "parole-in-place",
                "I-131",
                &["form-i131", "relationship-proof", "military-id", "passport-photos", "service-letter"],
            ),
            Self::Daca => (
                "daca-travel",
                "I-821D",
                &[
                    "form-i131",
                    "daca-approval",
                    "passport",
                    "passport-photos",
                    "travel-purpose",
                    "fee-payment",
                ],
            ),
            Self::Departure => ("satisfactory-departure", "I-94", &["passport", "i94", "delay-proof"]),
            Self::Packet => ("lost-immigrant-packet", "DS-260", &["immigrant-visa", "fee-receipt"]),
            Self::Question => ("case-question", "I-485", &["receipt-notice"]),
            Self::Document => ("document-receive", "I-765", &["receipt-notice"]),
            Self::Other => ("other", "N-565", &[]),
        }
    }

    const fn words(self) -> [(&'static str, &'static str); 3] {
        match self {
            Self::Stamp => [
                (
                    "My card expired and the extension letter runs out next month. My employer asks for proof.",
                    "Mi tarjeta venció y la carta de extensión se acaba el próximo mes. Mi empleador me pide una prueba.",
                ),
                (
                    "I lost my wallet with my green card in it and the new card has not come.",
                    "Perdí la cartera con mi tarjeta verde y la nueva no ha llegado.",
                ),
                (
                    "I need the stamp in my passport to visit my parents. I have filed the I-829.",
                    "Necesito el sello en el pasaporte para visitar a mis padres. Ya presenté el I-829.",
                ),
            ],
            Self::StampByMail => [
                (
                    "My I-90 is still pending and the DMV does not take the old card.",
                    "Mi I-90 sigue pendiente y el DMV no acepta la tarjeta vencida.",
                ),
                (
                    "Waiting for my citizenship interview, and my card expired in the meantime.",
                    "Estoy esperando mi entrevista de ciudadanía y mientras tanto venció la tarjeta.",
                ),
                (
                    "I need something that shows I can work until the new card comes.",
                    "Necesito algo que muestre que puedo trabajar hasta que llegue la tarjeta nueva.",
                ),
            ],
            Self::StampSoon => [
                (
                    "I start a new job on Monday and human resources will not take the expired card.",
                    "Empiezo un trabajo el lunes y recursos humanos no acepta la tarjeta vencida.",
                ),
                (
                    "We fly in nine days. The airline says that my card is not enough.",
                    "Viajamos en nueve días. La aerolínea dice que mi tarjeta no basta.",
                ),
                (
                    "I was told I will be let go if I have no proof by the end of next week.",
                    "Me dijeron que me despiden si no tengo la prueba antes del fin de la próxima semana.",
                ),
            ],
            Self::Travel => [
                (
                    "My mother is in intensive care. I have to see her while there is time.",
                    "Mi madre está en cuidados intensivos. Tengo que verla mientras haya tiempo.",
                ),
                (
                    "My brother died yesterday. The funeral is next week.",
                    "Mi hermano murió ayer. El funeral es la próxima semana.",
                ),
                (
                    "My father will be operated on and has nobody else to care for him.",
                    "Van a operar a mi padre y no tiene a nadie más que lo cuide.",
                ),
            ],
            Self::TravelNoPapers => [
                (
                    "My grandmother is dying. I do not have the doctor's letter yet.",
                    "Mi abuela se está muriendo. Todavía no tengo la carta del médico.",
                ),
                (
                    "My husband had an accident abroad. What do I have to bring?",
                    "Mi esposo tuvo un accidente en el extranjero. ¿Qué tengo que llevar?",
                ),
                (
                    "A death in the family. I have not filled in the form.",
                    "Murió un familiar. No he llenado el formulario.",
                ),
            ],
            Self::Judge => [
                (
                    "The judge granted my residence and nothing has come in the mail.",
                    "El juez me concedió la residencia y no ha llegado nada por correo.",
                ),
                (
                    "I won my case in court in the fall. How do I get the card?",
                    "Gané mi caso en la corte en otoño. ¿Cómo recibo la tarjeta?",
                ),
                (
                    "My lawyer says the office has to start the card after the judge's order.",
                    "Mi abogada dice que la oficina tiene que iniciar la tarjeta después de la orden del juez.",
                ),
            ],
            Self::Parole => [
                (
                    "My husband is on active duty and ships out in spring.",
                    "Mi esposo está en servicio activo y sale en primavera.",
                ),
                (
                    "My son is in the Army Reserve. We have all the papers.",
                    "Mi hijo está en la Reserva del Ejército. Tenemos todos los papeles.",
                ),
                (
                    "My wife is a veteran. The year we were given ends soon.",
                    "Mi esposa es veterana. El año que nos dieron termina pronto.",
                ),
            ],
            Self::Daca => [
                (
                    "My university sends me to a conference and I have active DACA.",
                    "Mi universidad me manda a un congreso y mi DACA está activa.",
                ),
                ("My grandfather is very ill and I have DACA.", "Mi abuelo está muy enfermo y tengo DACA."),
                (
                    "My employer needs me at a meeting abroad this month.",
                    "Mi empleador me necesita en una reunión en el extranjero este mes.",
                ),
            ],
            Self::Departure => [
                (
                    "I broke my leg here and cannot fly before my 90 days end.",
                    "Me rompí la pierna aquí y no puedo volar antes de que terminen mis 90 días.",
                ),
                (
                    "My flight home was cancelled and my stay ends this week.",
                    "Cancelaron mi vuelo de regreso y mi estadía termina esta semana.",
                ),
                (
                    "My child is in the hospital and our stay is almost over.",
                    "Mi hijo está en el hospital y nuestra estadía casi termina.",
                ),
            ],
            Self::Packet => [
                (
                    "I came seven months ago, paid the fee, and have no card.",
                    "Llegué hace siete meses, pagué la tarifa y no tengo tarjeta.",
                ),
                (
                    "The packet I gave at the airport seems to be lost.",
                    "El paquete que entregué en el aeropuerto parece perdido.",
                ),
                (
                    "Two calls already, and still nobody knows where my first card is.",
                    "Ya llamé dos veces y nadie sabe dónde está mi primera tarjeta.",
                ),
            ],
            Self::Question => [
                (
                    "The status says a notice was sent. I never got it.",
                    "El estado dice que enviaron un aviso. Nunca lo recibí.",
                ),
                (
                    "We moved and want to be sure that our interview letter comes to the new address.",
                    "Nos mudamos y queremos estar seguros de que la carta de la entrevista llegue a la nueva dirección.",
                ),
                (
                    "My wife's case moved and mine did not, though we filed together.",
                    "El caso de mi esposa avanzó y el mío no, aunque los presentamos juntos.",
                ),
            ],
            Self::Document => [
                (
                    "The mail carrier sent my work card back to you.",
                    "El cartero les devolvió mi permiso de trabajo.",
                ),
                ("A letter tells me to pick up my document.", "Una carta me dice que recoja mi documento."),
                ("The certificate has my name spelled wrong.", "El certificado tiene mal escrito mi nombre."),
            ],
            Self::Other => [
                (
                    "I need a certified copy of my naturalization certificate.",
                    "Necesito una copia certificada de mi certificado de naturalización.",
                ),
                (
                    "How do I withdraw an application I made by mistake?",
                    "¿Cómo retiro una solicitud que hice por error?",
                ),
                (
                    "I do not know which reason fits. It is about my A-number.",
                    "No sé qué motivo corresponde. Es sobre mi número A.",
                ),
            ],
        }
    }

    /// A matter of this kind as somebody puts it on a day.
    pub fn matter(self, lang: &Lang, today: Date, chance: &mut Chance) -> Option<Matter> {
        let (reason, form, papers) = self.facts();
        let (en, es) = *chance.pick(&self.words())?;
        Some(Matter {
            reason: reason.parse().ok()?,
            form,
            words: if *lang == Lang::es() { es } else { en },
            answers: self.answers(today, chance),
            papers: papers.iter().map(|code| code.parse()).collect::<Result<_, _>>().ok()?,
        })
    }

    fn answers(self, today: Date, chance: &mut Chance) -> BTreeMap<String, Value> {
        let mut day =
            |from: i64, to: i64| json!(today.saturating_add(chance.between(from, to).days()).to_string());
        let answers = match self {
            Self::Stamp => {
                json!({"card_state": "expired", "pending_form": "i829", "proof_needed": day(20, 70), "cannot_wait": false, "mail_safe": true, "photo_on_file": true})
            }
            Self::StampByMail => {
                json!({"card_state": "lost", "pending_form": "i90", "proof_needed": day(25, 80), "cannot_wait": false, "mail_safe": true, "photo_on_file": true})
            }
            Self::StampSoon => {
                json!({"card_state": "expired", "pending_form": "i90", "proof_needed": day(5, 12), "cannot_wait": true, "mail_safe": false, "photo_on_file": true})
            }
            Self::Travel | Self::TravelNoPapers => {
                json!({"travel": day(5, 14), "travel_cause": "illness", "application_pending": true})
            }
            Self::Judge => {
                json!({"judge_granted": day(-60, -10), "appeal_open": false, "cannot_wait": false})
            }
            Self::Parole => json!({"service_link": "active", "cannot_wait": false}),
            Self::Daca => json!({"travel": day(10, 30), "travel_cause": "work_study", "daca_active": true}),
            Self::Departure => json!({"visa_waiver": true, "stay_ends": day(3, 7)}),
            Self::Packet => json!({"fee_paid": day(-260, -120), "asked_before": true, "cannot_wait": false}),
            Self::Question | Self::Other => {
                json!({"asked_before": true, "letter_asks_visit": false, "cannot_wait": false})
            }
            Self::Document => {
                json!({"letter_asks_visit": false, "asked_before": true, "mail_safe": true, "cannot_wait": false})
            }
        };
        match answers {
            Value::Object(map) => map.into_iter().collect(),
            _ => BTreeMap::new(),
        }
    }
}
