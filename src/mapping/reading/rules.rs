//! What a mapping says about rules: a level, or a level and options.

use super::Reading;
use crate::mapping::json::{Entry, Json};
use crate::mapping::mistake::{Mistake, meant, quoted};
use crate::mapping::{Level, RuleFacts, RuleSetting};

impl Reading<'_> {
    pub(super) fn rules(&mut self, json: Json<'_>) -> Vec<RuleSetting> {
        let Some(object) = self.object(json, "`rules`") else { return Vec::new() };
        object.0.iter().filter_map(|entry| self.rule(entry)).collect()
    }

    fn rule(&mut self, entry: &Entry<'_>) -> Option<RuleSetting> {
        let known = self.rules;
        let Some(facts) = known.iter().find(|facts| facts.name == entry.key) else {
            let help = || meant(&entry.key, "rules", known.iter().map(|facts| facts.name));
            self.complain(|| Mistake::UnknownRule { rule: quoted(&entry.key), help: help(), at: entry.at });
            return None;
        };
        let mut setting = RuleSetting { rule: facts.name, level: None, options: Vec::new() };
        if entry.value.kind() == "an object" {
            let keys: Vec<&str> = ["level"].into_iter().chain(facts.options.iter().map(|option| option.name)).collect();
            let object = self.fixed(entry.value, "the rule's settings", &keys)?;
            setting.level = object.value("level").and_then(|level| self.level(level, facts));
            for option in facts.options {
                let value = object.value(option.name);
                let value = value.and_then(|value| self.count(value, "the rule's option", option.least..=option.most));
                setting.options.extend(value.map(|value| (option.name, value)));
            }
        } else {
            setting.level = self.level(entry.value, facts);
        }
        Some(setting)
    }

    fn level(&mut self, json: Json<'_>, facts: &RuleFacts) -> Option<Level> {
        let Some(name) = json.string() else {
            self.wrong_type(json, "a rule's level", "`off`, `info`, `warning` or `error`");
            return None;
        };
        let (rule, at) = (facts.name, json.span());
        let Some(level) = Level::from_name(&name) else {
            let help = || meant(&name, "levels", Level::ALL.map(Level::name));
            self.complain(|| Mistake::UnknownLevel { level: quoted(&name), rule, help: help(), at });
            return None;
        };
        let least = Level::At(facts.default_severity);
        if facts.contract && level < least {
            let (level, least) = (level.name(), least.name());
            self.complain(|| Mistake::ContractRuleLowered { rule, level, least, at });
        }
        Some(level)
    }
}
