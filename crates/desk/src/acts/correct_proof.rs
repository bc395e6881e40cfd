//! What a person proves themselves by is corrected: by a member of staff to whom they have shown who they are.

use crate::{Caller, Desk, DeskError, commit::Done};
use domain::{
    access::Action,
    change::Write,
    earlier::SaidBy,
    ids::InquiryId,
    inquiry::{Inquiry, Recorded},
    notice::NoticeKind,
    person::IdentityKey,
    pii::Pii,
    refusal::Refusal,
};
use jiff::civil::Date;

/// How it should read, and on what it was corrected. What is recorded now is shown to nobody: whoever corrects it says what it should be.
#[derive(Debug, Clone)]
pub struct CorrectProof {
    /// When they were born; none: that stays.
    pub born: Option<Pii<Date>>,
    /// The agency's own number for them, as it compares; none: that stays.
    pub file_number: Option<Pii<String>>,
    /// How they showed who they are.
    pub said: SaidBy,
    /// What they showed, and why it is corrected.
    pub because: String,
}

impl Desk {
    /// Corrects it. It counts for everything that the person has asked; the journal says that it was done, and neither value.
    /// The person is told so by the ways they chose: it may have been somebody else who showed something.
    ///
    /// # Errors
    /// [`Refusal::SomebodyElses`] where it would make them somebody whom we know already; as [`Inquiry::proof_corrected`];
    /// [`DeskError::Denied`]; [`DeskError::NotFound`] for anybody who is no member of staff.
    pub async fn correct_proof(
        &self,
        caller: &Caller,
        id: InquiryId,
        reads: &CorrectProof,
    ) -> Result<Inquiry, DeskError> {
        self.act(caller, async || {
            let before = self.load(id).await?;
            caller.staff()?;
            caller.may(Action::TakeDown, &before)?;
            caller.wants(&before)?;
            let person = self.store.person(before.person).await?.ok_or(DeskError::NotFound)?;
            let mut corrected = person.touched();
            corrected.born = reads.born.clone().unwrap_or(corrected.born);
            corrected.file_number = reads.file_number.clone().or(corrected.file_number);
            let differs = [
                (Recorded::Born, corrected.born != person.born),
                (Recorded::FileNumber, corrected.file_number != person.file_number),
            ];
            let what: Vec<_> =
                differs.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect();
            let changes = !what.is_empty();
            let step = before.proof_corrected(what, reads.said, &reads.because, caller.now)?;
            let after = step.inquiry.clone();
            let mut change = self.change_of(caller, step)?;
            if changes {
                let number = corrected.file_number.as_ref().map(|number| number.reveal().as_str());
                corrected.identity = IdentityKey::of(&corrected.name, *corrected.born.reveal(), number);
                let known = self.store.person_identified(&corrected.identity).await?;
                if known.is_some_and(|known| known.id != person.id) {
                    return Err(Refusal::SomebodyElses.into());
                }
                change.writes.push(Write::Person(Box::new(corrected)));
                self.announce(&mut change, &after, &[NoticeKind::ProofChanged])?;
            }
            change.answer = serde_json::json!({ "done": Done::of(&after) });
            Ok(change)
        })
        .await?;
        self.load(id).await
    }
}
