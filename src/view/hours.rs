//! Channels, and when they are staffed.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

use super::html::{Html, Link};
use super::service::ChannelView;
use super::writer::Writer;
use crate::calendar::{Calendar, Day};
use crate::model::handbook::ALWAYS;
use crate::model::kind::Kind;

/// How many days ahead days off are shown.
const AHEAD: i32 = 120;
/// How many days off are shown at most.
const MOST: usize = 8;

/// Hours of some weekdays in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HoursRow {
    /// The weekdays: `Mon–Fri`.
    pub days: String,
    /// The hours: `09:00–12:00, 13:30–18:00`; the word for closed where there are none.
    pub hours: String,
}

/// A day that is not as its weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpecialDay {
    /// The date in words.
    pub date: String,
    /// Its name.
    pub name: String,
    /// Whether it is open.
    pub open: bool,
}

/// A calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarView {
    /// Its id.
    pub id: String,
    /// The channels that it staffs, or else its id.
    pub title: Html,
    /// The time zone, in words.
    pub zone: Html,
    /// The week.
    pub week: Vec<HoursRow>,
    /// Whether it never closes.
    pub always: bool,
    /// How the day of receipt counts.
    pub count_from: Html,
    /// From what time on something counts as received on the next business day; empty where nothing is said.
    pub cut_off: Html,
    /// The next days that are not as their weekday.
    pub special: Vec<SpecialDay>,
    /// Until when holidays are known, in words; empty where there are none.
    pub known_until: Html,
}

/// A channel with the services that are offered on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChannelSheet {
    /// Its id.
    pub id: String,
    /// The channel.
    pub channel: ChannelView,
    /// The services.
    pub services: Vec<Link>,
}

/// All channels and calendars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HoursView {
    /// The channels.
    pub channels: Vec<ChannelSheet>,
    /// The calendars.
    pub calendars: Vec<CalendarView>,
}

impl Writer<'_> {
    /// Shows all channels and calendars.
    pub fn hours(&self) -> HoursView {
        let handbook = self.handbook();
        let services = |channel: &str| {
            let offered = handbook.services.values().filter(|it| it.fields.channels.iter().any(|on| on.id == channel));
            offered.map(|it| self.link(Kind::Service, &it.id)).collect()
        };
        let channel = |id: &String| ChannelSheet { id: id.clone(), channel: self.channel(id), services: services(id) };
        HoursView {
            channels: handbook.channels.keys().map(channel).collect(),
            calendars: handbook
                .working
                .iter()
                .filter(|(id, _)| *id != ALWAYS || self.is_used(id))
                .map(|(id, calendar)| self.calendar(id, calendar))
                .collect(),
        }
    }

    /// Tells whether a channel or a service counts by a calendar.
    fn is_used(&self, id: &str) -> bool {
        let handbook = self.handbook();
        let by = |calendar: &Option<crate::model::kind::Ref<crate::model::kind::Calendar>>| {
            calendar.as_ref().is_some_and(|it| it.id == id)
        };
        handbook.channels.values().any(|row| by(&row.value.calendar))
            || handbook.services.values().any(|it| by(&it.fields.calendar))
    }

    /// Names a calendar by the channels that it staffs, or else by its id.
    pub fn calendar_title(&self, id: &str) -> Html {
        let channels = self.handbook().channels.iter();
        let staffed = channels.filter(|(_, row)| row.value.calendar.as_ref().is_some_and(|it| it.id == id));
        let names: Vec<String> = staffed.map(|(channel, _)| self.name(Kind::Channel, channel).0).collect();
        if names.is_empty() { Html::escaped(id) } else { Html(self.locale().list(&names)) }
    }

    fn calendar(&self, id: &str, calendar: &Calendar) -> CalendarView {
        let locale = self.locale();
        let name = match id {
            ALWAYS => "UTC".to_owned(),
            _ => calendar.zone().iana_name().unwrap_or("UTC").to_owned(),
        };
        let count = match calendar.count_from() {
            crate::calendar::CountFrom::NextDay => "calendar.count_from.next-day",
            crate::calendar::CountFrom::SameDay => "calendar.count_from.same-day",
        };
        let cut_off = calendar.cut_off().map(|time| locale.phrase("calendar.cut_off", &[("time", &time.to_string())]));
        let known =
            calendar.known_until().map(|date| locale.phrase("calendar.known_until", &[("date", &locale.date(date))]));
        CalendarView {
            title: self.calendar_title(id),
            id: id.to_owned(),
            zone: Html::escaped(&locale.phrase("calendar.time_zone", &[("zone", &name)])),
            week: self.week(calendar),
            always: id == ALWAYS,
            count_from: Html::escaped(locale.word(count)),
            cut_off: Html::escaped(&cut_off.unwrap_or_default()),
            special: self.special_days(calendar),
            known_until: Html::escaped(&known.unwrap_or_default()),
        }
    }

    /// Gives the week of a calendar in one line: `Mon–Fri 09:00–17:00`.
    pub fn hours_line(&self, id: &str) -> Html {
        let Some(calendar) = self.handbook().working.get(id) else { return Html::default() };
        if id == ALWAYS {
            return Html::escaped(self.locale().word("calendar.always"));
        }
        let open = self.week(calendar).into_iter().filter(|row| row.hours != self.locale().word("calendar.closed"));
        let rows: Vec<String> = open.map(|row| format!("{} {}", row.days, row.hours)).collect();
        let line = rows.join("; ");
        match self.city(calendar) {
            Some(city) => {
                Html::escaped(&self.locale().phrase("calendar.in_zone", &[("hours", &line), ("city", &city)]))
            }
            None => Html::escaped(&line),
        }
    }

    /// Gives the city of a calendar's time zone, where the handbook has calendars in several zones.
    fn city(&self, calendar: &Calendar) -> Option<String> {
        let name = |calendar: &Calendar| calendar.zone().iana_name().map(str::to_owned);
        let own = name(calendar)?;
        let others = self.handbook().working.iter().filter(|(id, _)| *id != ALWAYS);
        let differs = others.map(|(_, other)| name(other)).any(|other| other.is_some_and(|other| other != own));
        differs.then(|| own.rsplit('/').next().unwrap_or(&own).replace('_', " "))
    }

    /// Joins weekdays in a row that have the same hours.
    fn week(&self, calendar: &Calendar) -> Vec<HoursRow> {
        let hours: Vec<String> =
            Weekday::Monday.cycle_forward().take(7).map(|day| self.hours_of(calendar, day)).collect();
        let days: Vec<Weekday> = Weekday::Monday.cycle_forward().take(7).collect();
        let (mut rows, mut from) = (Vec::new(), 0);
        for at in 1..=7 {
            if at == 7 || hours[at] != hours[from] {
                rows.push(HoursRow { days: self.days(days[from], days[at - 1]), hours: hours[from].clone() });
                from = at;
            }
        }
        rows
    }

    fn days(&self, from: Weekday, to: Weekday) -> String {
        let (first, last) = (self.locale().weekday_short(from), self.locale().weekday_short(to));
        if from == to {
            return first.to_owned();
        }
        self.locale().phrase("calendar.range", &[("from", first), ("to", last)])
    }

    fn hours_of(&self, calendar: &Calendar, day: Weekday) -> String {
        let open: Vec<String> = calendar
            .hours()
            .on(day)
            .iter()
            .map(|open| {
                let (from, to) = (open.from.to_string(), open.to.to_string());
                self.locale().phrase("calendar.range", &[("from", &from), ("to", &to)])
            })
            .collect();
        if open.is_empty() { self.word("calendar.closed") } else { open.join(", ") }
    }

    fn special_days(&self, calendar: &Calendar) -> Vec<SpecialDay> {
        let today: Date = self.shared.today;
        let dates = (0..AHEAD).filter_map(|days| today.checked_add(days.days()).ok());
        let special = |date: Date| {
            let (day, name) = calendar.special_day(date)?;
            let open = day == Day::Open;
            Some(SpecialDay { date: self.locale().date_with_weekday(date), name: name.to_string(), open })
        };
        dates.filter_map(special).take(MOST).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    use crate::view::bench::{Bench, DE, EN};

    const HOLIDAYS: &str =
        "date,name,day\n2026-12-25,Christmas,closed\n2026-12-27,Make-up,open\n2026-11-20,Past,closed\n";

    fn hours_of(calendar: &str, language: crate::fields::text::Language) -> CalendarView {
        let calendars = format!("it: {{time_zone: Europe/Berlin, {calendar}}}\n");
        let files = [("registers/calendars.yaml", calendars.as_str()), ("registers/holidays/x.csv", HOLIDAYS)];
        let bench = Bench::new(&files);
        let shared = bench.shared();
        let all = shared.writer(language, "hours.html").hours().calendars;
        all.into_iter().find(|calendar| calendar.id == "it").unwrap()
    }

    fn week(calendar: &str) -> Vec<String> {
        hours_of(calendar, EN).week.into_iter().map(|row| format!("{}: {}", row.days, row.hours)).collect()
    }

    #[test]
    fn weekdays_in_a_row_with_the_same_hours_are_joined() {
        let rows = week("hours: {mon-thu: \"09:00-12:00, 13:30-18:00\", fri: \"09:00-12:00\"}");
        assert_eq!(rows, ["Mon–Thu: 09:00–12:00, 13:30–18:00", "Fri: 09:00–12:00", "Sat–Sun: closed"]);
        assert_eq!(
            week("hours: {mon: \"09:00-17:00\", wed: \"09:00-17:00\"}"),
            ["Mon: 09:00–17:00", "Tue: closed", "Wed: 09:00–17:00", "Thu–Sun: closed"]
        );
        assert_eq!(week("hours: {mon-sun: \"09:00-17:00\"}"), ["Mon–Sun: 09:00–17:00"]);
    }

    #[test]
    fn the_words_of_a_calendar_are_in_the_language_of_the_page() {
        let calendar = hours_of("hours: {mon: \"09:00-17:00\"}, cut_off: \"16:00\", count_from: same-day", DE);
        assert_eq!(calendar.zone.0, "Zeitzone: Europe/Berlin");
        assert_eq!(calendar.cut_off.0, "Was nach 16:00 eingeht, gilt als am nächsten Arbeitstag eingegangen.");
        assert_eq!(calendar.count_from.0, "Der Tag des Eingangs ist Tag 1.");
        assert_eq!(calendar.week[1].hours, "geschlossen");
        let plain = hours_of("hours: {mon: \"09:00-17:00\"}", EN);
        assert_eq!((plain.cut_off.0.as_str(), plain.known_until.0.as_str(), plain.always), ("", "", false));
        assert_eq!(plain.count_from.0, "The day of receipt is not counted.");
    }

    #[test]
    fn the_next_days_that_differ_are_listed_and_past_ones_are_not() {
        let calendar = hours_of("hours: {mon-fri: \"09:00-17:00\"}, holidays: x.csv", EN);
        let days: Vec<String> =
            calendar.special.iter().map(|day| format!("{} {} {}", day.date, day.name, day.open)).collect();
        assert_eq!(days, ["Friday, 25 December 2026 Christmas false", "Sunday, 27 December 2026 Make-up true"]);
        assert!(calendar.known_until.0.starts_with("Holidays known until "), "{}", calendar.known_until.0);
    }

    #[test]
    fn days_far_ahead_are_not_listed_yet() {
        let files = [
            ("registers/calendars.yaml", "it: {time_zone: UTC, hours: {mon-fri: \"09:00-17:00\"}, holidays: x.csv}\n"),
            ("registers/holidays/x.csv", HOLIDAYS),
        ];
        let bench = Bench::new(&files).on(date(2026, 8, 1));
        let shared = bench.shared();
        let hours = shared.writer(EN, "hours.html").hours();
        let it = hours.calendars.iter().find(|calendar| calendar.id == "it").unwrap();
        assert_eq!(it.special.iter().map(|day| day.name.as_str()).collect::<Vec<_>>(), ["Past"]);
    }

    #[test]
    fn a_calendar_in_one_line_leaves_closed_days_out() {
        let bench = Bench::new(&[]);
        let shared = bench.shared();
        let writer = shared.writer(EN, "hours.html");
        assert_eq!(writer.hours_line("shop").0, "Mon–Fri 09:00–12:00, 13:30–18:00; Sat 09:00–12:00");
        assert_eq!(writer.hours_line("always").0, "round the clock");
        assert_eq!(writer.hours_line("none").0, "");
    }

    #[test]
    fn a_channel_lists_the_services_that_are_offered_on_it() {
        let channels = "phone: {title: Phone, address: \"0800 <1>\", calendar: shop}\nmail: {title: Mail}\n";
        let bench = Bench::service("channels: [phone]\n", &[("registers/channels.yaml", channels)]);
        let shared = bench.shared();
        let hours = shared.writer(EN, "hours.html").hours();
        let [mail, phone] = hours.channels.as_slice() else { panic!("two channels") };
        assert_eq!((phone.id.as_str(), phone.channel.address.0.as_str()), ("phone", "0800 &lt;1&gt;"));
        assert_eq!(phone.services[0].title.0, "Repair");
        assert!(phone.channel.hours.0.starts_with("Mon–Fri"));
        assert_eq!((mail.services.len(), mail.channel.hours.0.as_str()), (0, ""));
    }
}
