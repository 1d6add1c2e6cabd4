//! The sheet of a service.

use serde::Serialize;

use super::flow::FlowView;
use super::footer::Footer;
use super::html::{Html, Link};
use super::playbook::PhraseList;
use super::promise::PromiseView;
use super::standard::StandardView;
use super::writer::Writer;
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::quantity::{Fee, Party};
use crate::model::service::{Exception, NeedItem, Service};

/// Something the customer must bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NeedView {
    /// What it is.
    pub what: Html,
    /// By when; empty where nothing is said.
    pub by: Html,
}

/// Who may deviate, and how far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExceptionView {
    /// In words, where it is not said field by field.
    pub text: Html,
    /// Who.
    pub who: Option<Link>,
    /// How far.
    pub up_to: Html,
    /// In which cases.
    pub when: Html,
}

/// A channel of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChannelView {
    /// The channel.
    pub channel: Link,
    /// Where it is; empty where nothing is said.
    pub address: Html,
    /// When it is staffed, in words; empty where nothing is said.
    pub hours: Html,
}

/// The sheet of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Html,
    /// Whether other services send complaints here.
    pub takes_complaints: bool,
    /// Who may ask for it.
    pub audience: Html,
    /// What they have afterwards.
    pub outcome: Html,
    /// Who answers for it.
    pub owner: Option<Link>,
    /// The calendar by which it counts.
    pub calendar: Option<Link>,
    /// The channels on which it is offered.
    pub channels: Vec<ChannelView>,
    /// The service that takes complaints about it.
    pub complaints_to: Option<Link>,
    /// Who decided on it, in words; empty where nothing is said.
    pub approved: Html,
    /// Who was asked before.
    pub consulted: Vec<Link>,
    /// What the customer must bring.
    pub needs: Vec<NeedView>,
    /// What it costs; empty where nothing is said.
    pub fee: Html,
    /// Standards of other services that hold here too, in short.
    pub also: Vec<StandardShort>,
    /// Who may deviate.
    pub exceptions: Vec<ExceptionView>,
    /// Why its limits differ.
    pub because: Html,
    /// What a customer can expect.
    pub standards: Vec<StandardView>,
    /// The steps with their picture.
    pub flow: Option<FlowView>,
    /// What the customer is told.
    pub promises: Vec<PromiseView>,
    /// What to say and never to say, from the playbooks of its steps.
    pub phrases: Vec<PhraseList>,
    /// The checklists of its steps.
    pub checklists: Vec<Link>,
    /// The playbooks of its steps.
    pub playbooks: Vec<Link>,
    /// The pages that are about it.
    pub pages: Vec<Link>,
    /// The prose that belongs to no single thing.
    pub prose: Html,
    /// Whatever `extra` holds.
    pub extra: serde_json::Value,
    /// Head and foot.
    pub footer: Footer,
}

/// A standard in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandardShort {
    /// The standard.
    pub standard: Link,
    /// Its limit or level: `10 business days`.
    pub limit: Html,
    /// Its kind.
    pub kind: &'static str,
}

impl Writer<'_> {
    /// Shows the sheet of a service.
    pub fn service(&self, service: &Document<Service>) -> ServiceView {
        let fields = &service.fields;
        let (playbooks, checklists) = self.used(service);
        ServiceView {
            id: service.id.clone(),
            title: self.title(&fields.title),
            takes_complaints: self.shared.relations.complaints.contains(&service.id),
            audience: self.text(&fields.audience),
            outcome: self.text(&fields.outcome),
            owner: fields.owner.as_ref().map(|role| self.link(Kind::Role, &role.id)),
            calendar: self.handbook().calendar_of(fields).map(|(id, _)| self.link(Kind::Calendar, id)),
            channels: fields.channels.iter().map(|it| self.channel(&it.id)).collect(),
            complaints_to: fields.complaints_to.as_ref().map(|it| self.link(Kind::Service, &it.id)),
            approved: self.approved(service),
            consulted: self.consulted(service),
            needs: fields.needs.0.iter().map(|need| self.need(need)).collect(),
            fee: fields.fee.as_ref().map(|fee| self.fee(fee)).unwrap_or_default(),
            also: fields.also.iter().filter_map(|it| self.standard_short(&it.id)).collect(),
            exceptions: fields.exceptions.0.iter().map(|exception| self.exception(exception)).collect(),
            because: self.text(&fields.because),
            standards: fields.standards.iter().map(|row| self.standard(service, row)).collect(),
            flow: self.flow(service),
            promises: fields.promises.iter().map(|row| self.promise(service, row)).collect(),
            phrases: playbooks.iter().filter_map(|id| self.phrase_list(id)).collect(),
            checklists: checklists.iter().map(|id| self.link(Kind::Checklist, id)).collect(),
            playbooks: playbooks.iter().map(|id| self.link(Kind::Playbook, id)).collect(),
            pages: self.pages_about(service),
            prose: self.unbound(service),
            extra: fields.extra.as_ref().map(|extra| extra.0.clone()).unwrap_or_default(),
            footer: self.service_footer(service),
        }
    }

    /// Shows a standard in one line.
    pub fn standard_short(&self, id: &str) -> Option<StandardShort> {
        let standard = &self.handbook().standard(id)?.value;
        let limit = match (&standard.limit, &standard.level) {
            (Some(limit), _) => Html::escaped(&self.locale().duration(limit.value)),
            (None, Some(level)) => self.quantity(level, Some(&(Kind::Standard, id.to_owned()))),
            (None, None) => Html::default(),
        };
        let kind = standard.kind.as_ref().map_or("timeliness", |kind| kind.value.word());
        Some(StandardShort { standard: self.link(Kind::Standard, id), limit, kind })
    }

    /// Gives the playbooks and checklists of a service's steps, each once, in order.
    pub fn used(&self, service: &Document<Service>) -> (Vec<String>, Vec<String>) {
        let (mut playbooks, mut checklists) = (Vec::new(), Vec::new());
        let take = |list: &mut Vec<String>, id: &String| {
            if !list.contains(id) {
                list.push(id.clone());
            }
        };
        for row in service.fields.steps.iter() {
            row.value.playbook.iter().for_each(|it| take(&mut playbooks, &it.id));
            row.value.checklist.iter().for_each(|it| take(&mut checklists, &it.id));
        }
        (playbooks, checklists)
    }

    /// Shows a channel with its hours.
    pub fn channel(&self, id: &str) -> ChannelView {
        let row = self.handbook().channels.get(id);
        ChannelView {
            channel: self.link(Kind::Channel, id),
            address: row.map(|row| self.text(&row.value.address)).unwrap_or_default(),
            hours: row
                .and_then(|row| row.value.calendar.as_ref())
                .map(|it| self.hours_line(&it.id))
                .unwrap_or_default(),
        }
    }

    fn approved(&self, service: &Document<Service>) -> Html {
        let Some(approval) = &service.fields.approved else { return Html::default() };
        let Some(by) = &approval.by else { return Html::default() };
        let role = self.name(Kind::Role, &by.id);
        match &approval.date {
            Some(date) => {
                let date = self.locale().date(date.value);
                Html(self.locale().phrase("service.approved", &[("role", &role.0), ("date", &date)]))
            }
            None => Html(self.locale().phrase("service.approved_undated", &[("role", &role.0)])),
        }
    }

    fn consulted(&self, service: &Document<Service>) -> Vec<Link> {
        let parties = service.fields.approved.iter().flat_map(|approval| &approval.consulted.0);
        let link = |party: &Party| match party {
            Party::Role(role) => self.link(Kind::Role, &role.id),
            Party::Text(text) => Link { href: String::new(), title: self.text(text) },
        };
        parties.map(link).collect()
    }

    fn need(&self, need: &NeedItem) -> NeedView {
        NeedView { what: self.text(&need.0.what), by: self.text(&need.0.by) }
    }

    fn fee(&self, fee: &Fee) -> Html {
        match fee {
            Fee::Money(money) => Html::escaped(&self.locale().money(money.value)),
            Fee::Text(text) => self.text(text),
        }
    }

    fn exception(&self, exception: &Exception) -> ExceptionView {
        match exception {
            Exception::Text(text) => {
                ExceptionView { text: self.text(text), who: None, up_to: Html::default(), when: Html::default() }
            }
            Exception::Deviation(deviation) => ExceptionView {
                text: Html::default(),
                who: deviation.who.as_ref().map(|role| self.link(Kind::Role, &role.id)),
                up_to: deviation.up_to.as_ref().map(|up_to| self.quantity(up_to, None)).unwrap_or_default(),
                when: self.text(&deviation.when),
            },
        }
    }

    fn pages_about(&self, service: &Document<Service>) -> Vec<Link> {
        let pages = self.shared.relations.pages_about_service(&service.id);
        pages.into_iter().map(|id| self.link(Kind::Page, id)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    #[test]
    fn an_approval_names_the_role_and_the_date_where_there_is_one() {
        let approved = |front: &str, language| Bench::service(front, &[]).sheet(language).approved.0;
        let dated = "approved: {by: lead, date: 2026-03-01}\n";
        assert_eq!(approved(dated, EN), "Approved by Shop manager on 1 March 2026");
        assert_eq!(approved("approved: {by: lead}\n", EN), "Approved by Shop manager");
        assert_eq!(approved("approved: {date: 2026-03-01}\n", EN), "");
        assert_eq!(approved("", DE), "");
        assert!(approved(dated, DE).contains("Leitung"));
    }

    #[test]
    fn who_was_consulted_is_a_role_with_a_page_or_somebody_else_without_one() {
        let sheet = Bench::service("approved: {by: lead, consulted: [desk, The guild]}\n", &[]).sheet(EN);
        let parties: Vec<(&str, &str)> =
            sheet.consulted.iter().map(|link| (link.href.as_str(), link.title.0.as_str())).collect();
        assert_eq!(parties, [("../roles/desk.html", "Service desk"), ("", "The guild")]);
    }

    #[test]
    fn a_need_may_have_a_time() {
        let sheet = Bench::service("needs: [The lamp, {what: Receipt, by: at intake}]\n", &[]).sheet(EN);
        let needs: Vec<(&str, &str)> =
            sheet.needs.iter().map(|need| (need.what.0.as_str(), need.by.0.as_str())).collect();
        assert_eq!(needs, [("The lamp", ""), ("Receipt", "at intake")]);
    }

    #[test]
    fn a_fee_is_money_in_the_reader_s_way_or_a_text() {
        let fee = |front: &str, language| Bench::service(front, &[]).sheet(language).fee.0;
        assert_eq!(fee("fee: 12.50 EUR\n", EN), "EUR\u{a0}12.50");
        assert_eq!(fee("fee: 12.50 EUR\n", DE), "12,50\u{a0}€");
        assert_eq!(fee("fee: depends on the part\n", DE), "<span lang=\"en\">depends on the part</span>");
        assert_eq!(fee("", EN), "");
    }

    #[test]
    fn an_exception_is_a_text_or_who_may_deviate_how_far_and_when() {
        let sheet =
            Bench::service("exceptions: [In a strike, {who: lead, up_to: 2 weeks, when: in summer}]\n", &[]).sheet(EN);
        let [text, deviation] = sheet.exceptions.as_slice() else { panic!("two exceptions") };
        assert_eq!((text.text.0.as_str(), &text.who, text.up_to.0.as_str()), ("In a strike", &None, ""));
        assert_eq!(deviation.who.as_ref().unwrap().title.0, "Shop manager");
        assert_eq!((deviation.up_to.0.as_str(), deviation.when.0.as_str()), ("2 weeks", "in summer"));
        assert_eq!(deviation.text.0, "");
    }

    #[test]
    fn playbooks_and_checklists_of_steps_are_listed_once_in_order_and_phrases_where_there_are_any() {
        let steps = "\
steps:
  a: {title: A, playbook: calm, checklist: intake}
  b: {title: B, playbook: brief, checklist: intake}
  c: {title: C, playbook: calm}
";
        let sheet = Bench::service(
            steps,
            &[
                ("playbooks/calm.md", "---\ntitle: Calm\nsay: [\"I see <you>\"]\nnever_say: [No]\n---\n"),
                ("playbooks/brief.md", "---\ntitle: Brief\n---\n"),
                ("checklists/intake.md", "---\ntitle: Intake\n---\n"),
            ],
        )
        .sheet(EN);
        let titles = |links: &[Link]| links.iter().map(|link| link.title.0.clone()).collect::<Vec<_>>();
        assert_eq!(titles(&sheet.playbooks), ["Calm", "Brief"]);
        assert_eq!(titles(&sheet.checklists), ["Intake"]);
        assert_eq!(sheet.phrases.len(), 1);
        assert_eq!(
            (sheet.phrases[0].say[0].0.as_str(), sheet.phrases[0].never_say[0].0.as_str()),
            ("I see &lt;you&gt;", "No")
        );
    }

    #[test]
    fn a_standard_in_one_line_has_its_limit_or_else_its_level() {
        let standards = "\
standards:
  quick: {title: Quick, kind: timeliness, limit: 3 calendar days}
  right: {title: Right, kind: accuracy, level: 99.5%}
  bare: {title: Bare}
";
        let bench = Bench::service(standards, &[]);
        let shared = bench.shared();
        let writer = shared.writer(DE, "index.html");
        let short = |id: &str| writer.standard_short(id).map(|it| (it.limit.0, it.kind));
        assert_eq!(short("repair/quick"), Some(("3 Kalendertage".into(), "timeliness")));
        assert_eq!(short("repair/right"), Some(("99,5\u{202f}%".into(), "accuracy")));
        assert_eq!(short("repair/bare"), Some((String::new(), "timeliness")));
        assert_eq!(short("repair/none"), None);
    }

    #[test]
    fn pages_about_a_service_or_anything_in_it_are_listed_once() {
        let page = |about: &str| format!("---\ntitle: {about}\nkind: guide\nabout: [{about}]\n---\n");
        let (own, inner, both, other) =
            (page("repair"), page("repair/quick"), page("repair, repair/quick"), page("repair-shop"));
        let files = [
            ("pages/a.md", own.as_str()),
            ("pages/b.md", inner.as_str()),
            ("pages/c.md", &both),
            ("pages/d.md", &other),
            ("services/repair-shop.md", "---\ntitle: Shop\n---\n"),
        ];
        let sheet = Bench::service("standards: {quick: {}}\n", &files).sheet(EN);
        let ways: Vec<&str> = sheet.pages.iter().map(|link| link.href.as_str()).collect();
        assert_eq!(ways, ["../pages/a.html", "../pages/b.html", "../pages/c.html"]);
    }

    #[test]
    fn a_service_counts_by_its_own_calendar_or_else_by_the_handbook_s() {
        let calendar = |front: &str| Bench::service(front, &[]).sheet(EN).calendar.map(|link| link.href);
        assert_eq!(calendar("").as_deref(), Some("../hours.html#calendar-shop"));
        assert_eq!(calendar("calendar: always\n").as_deref(), Some("../hours.html#calendar-always"));
        assert_eq!(calendar("calendar: none\n"), None);
    }

    #[test]
    fn what_a_theme_may_want_to_know_is_passed_on() {
        let extra = |front: &str| Bench::service(front, &[]).sheet(EN).extra;
        assert_eq!(
            extra("extra: {icon: lamp, tags: [a, b]}\n"),
            serde_json::json!({"icon": "lamp", "tags": ["a", "b"]})
        );
        assert_eq!(extra(""), serde_json::Value::Null);
    }
}
