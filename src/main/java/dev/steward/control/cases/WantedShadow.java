// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.cases;

import dev.steward.control.yaml.Fields;
import dev.steward.domain.decision.Grounds.Shadow;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import java.util.List;
import java.util.Optional;

/// What a case wants policies in shadow mode to say.
///
/// @param says a tier, or `none`; empty when that is left open
/// @param rules that must make it, as `policy/rule`; empty when that is left open
record WantedShadow(Optional<String> says, Optional<List<String>> rules) {
  private static final String NONE = "none";

  /// `shadow: deny`, or `shadow: {want: deny, rules: [tighter/1]}`.
  static WantedShadow read(Fields fields) {
    if (!fields.has("shadow")) {
      return new WantedShadow(Optional.empty(), Optional.empty());
    }
    if (!fields.isObject("shadow")) {
      return new WantedShadow(Optional.of(known(fields, "shadow")), Optional.empty());
    }
    Fields shadow = fields.object("shadow").orElseThrow();
    WantedShadow wanted =
        new WantedShadow(
            shadow.has("want") ? Optional.of(known(shadow, "want")) : Optional.empty(),
            shadow.has("rules") ? Optional.of(shadow.texts("rules")) : Optional.empty());
    shadow.close();
    return wanted;
  }

  /// What is wrong with what they say, empty when it is as wanted.
  Optional<String> wrong(Optional<Shadow> shadow) {
    String said = shadow.map(Shadow::tier).map(Tier::word).orElse(NONE);
    if (says.isPresent() && !says.get().equals(said)) {
      return Optional.of("wanted shadow " + says.get() + ", got " + said);
    }
    List<String> made =
        shadow.map(Shadow::rules).orElse(List.of()).stream().map(RuleName::toString).toList();
    return rules.isPresent() && !rules.get().equals(made)
        ? Optional.of("wanted the shadow by " + rules.get() + ", got it by " + made)
        : Optional.empty();
  }

  private static String known(Fields fields, String name) {
    String written = fields.text(name);
    for (Tier tier : Tier.values()) {
      if (tier.word().equals(written)) {
        return written;
      }
    }
    if (!written.equals(NONE)) {
      fields.flaw(name, "must be allow, deny, require_approval or none");
    }
    return NONE;
  }
}
