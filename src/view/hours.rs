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
    fn calendar_title(&self, id: &str) -> Html {
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
